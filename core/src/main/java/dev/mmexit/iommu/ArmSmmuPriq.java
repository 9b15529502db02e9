package dev.mmexit.iommu;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Flag;
import dev.mmexit.kernel.Int;
import dev.mmexit.kernel.Mutex;
import dev.mmexit.kernel.SpinLock;
import dev.mmexit.kernel.Struct;
import dev.mmexit.kernel.WaitQueue;

/**
 * {@code struct arm_smmu_queue} of drivers/iommu/arm-smmu-v3.c, as far as it holds page requests,
 * and what drains it. A request is on the queue until it has been reported: with others behind it,
 * that is how long a flush may have to wait.
 */
public final class ArmSmmuPriq extends Struct {
  /** {@code wq.lock}. */
  public final SpinLock lock = spinLock("wq.lock");

  public final WaitQueue wq = waitQueue("wq");

  /** Whether the queue is not empty. */
  public final Flag pending = flag("pending", wq);

  public final Int batch = integer("batch");

  /** There is one irq thread, and so there is one request after the other. */
  private final Mutex irqThread = oneAtATime("irq thread");

  private final Engine engine;
  private final Iommu iommu;

  ArmSmmuPriq(Engine engine, Iommu iommu) {
    super(engine, "arm_smmu_queue", "priq", Storage.STATIC);
    this.engine = engine;
    this.iommu = iommu;
  }

  /**
   * {@code arm_smmu_priq_thread} of drivers/iommu/arm-smmu-v3.c, for one page request.
   *
   * @return what became of it
   */
  public int armSmmuPriqThread(Device dev, int pasid) {
    irqThread.lock();
    int result =
        engine.call(
            "arm_smmu_priq_thread",
            () -> {
              lock.lock();
              pending.set(true);
              lock.unlock();
              int ret = armSmmuHandlePpr(dev, pasid);
              lock.lock();
              pending.set(false);
              batch.set(batch.get() + 1);
              wq.wakeUpAll();
              lock.unlock();
              return ret;
            });
    irqThread.unlock();
    return result;
  }

  /**
   * {@code arm_smmu_handle_ppr} of drivers/iommu/arm-smmu-v3.c. The device has a failing answer
   * where the request cannot be reported, which nothing else can tell.
   */
  public int armSmmuHandlePpr(Device dev, int pasid) {
    return engine.call("arm_smmu_handle_ppr", () -> iommu.iommuReportDeviceFault(dev, pasid));
  }

  /**
   * {@code arm_smmu_flush_queue} of drivers/iommu/arm-smmu-v3.c: waits until the queue is empty or
   * two batches were handled. The wait is interruptible, but no signal ever comes.
   */
  public void armSmmuFlushQueue() {
    engine.run(
        "arm_smmu_flush_queue",
        () -> {
          lock.lock();
          int before = batch.get();
          wq.waitEventLockIrq(
              () -> !pending.get() || batch.get() >= before + 2,
              pending,
              lock,
              "the page requests of the SMMU");
          lock.unlock();
        });
  }
}
