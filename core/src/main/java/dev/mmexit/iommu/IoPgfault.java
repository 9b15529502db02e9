package dev.mmexit.iommu;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Errno;
import dev.mmexit.kernel.FaultSite;

/** drivers/iommu/io-pgfault.c: which devices can have page faults handled. */
public final class IoPgfault {
  private final Engine engine;
  private final boolean faultsPossible;

  /**
   * The functions.
   *
   * @param faultsPossible whether anything ever queues a fault
   */
  public IoPgfault(Engine engine, boolean faultsPossible) {
    this.engine = engine;
    this.faultsPossible = faultsPossible;
  }

  /** {@code iopf_queue_add_device} of drivers/iommu/io-pgfault.c. */
  public int iopfQueueAddDevice(IopfQueue queue, Device dev) {
    return engine.call(
        "iopf_queue_add_device",
        () -> {
          if (engine.shouldFail(FaultSite.KZALLOC, -Errno.ENOMEM, dev.name())) {
            return -Errno.ENOMEM;
          }
          int ret = -Errno.EINVAL;
          IopfDeviceParam iopfParam = new IopfDeviceParam(engine);
          iopfParam.nameIt(dev.name());
          iopfParam.queue.set(queue);
          dev.iommuParam.lock.lock();
          if (dev.iommuParam.iopfParam.get() == null) {
            dev.iommuParam.iopfParam.set(iopfParam);
            ret = 0;
          }
          dev.iommuParam.lock.unlock();
          if (ret != 0) {
            iopfParam.kfree();
          }
          return ret;
        });
  }

  /** {@code iopf_queue_remove_device} of drivers/iommu/io-pgfault.c. */
  public int iopfQueueRemoveDevice(Device dev) {
    return engine.call(
        "iopf_queue_remove_device",
        () -> {
          dev.iommuParam.lock.lock();
          IopfDeviceParam iopfParam = dev.iommuParam.iopfParam.get();
          dev.iommuParam.iopfParam.set(null);
          dev.iommuParam.lock.unlock();
          if (iopfParam == null) {
            return -Errno.ENODEV;
          }
          iopfParam.kfree();
          return 0;
        });
  }

  /**
   * {@code iopf_queue_flush_dev} of drivers/iommu/io-pgfault.c: {@code -ENODEV} for a device on no
   * queue, else sleeps until the faults that are queued have been handled.
   */
  public int iopfQueueFlushDev(Device dev) {
    return engine.call(
        "iopf_queue_flush_dev",
        () -> {
          dev.iommuParam.lock.lock();
          IopfDeviceParam iopfParam = dev.iommuParam.iopfParam.get();
          IopfQueue queue = iopfParam == null ? null : iopfParam.queue.get();
          dev.iommuParam.lock.unlock();
          if (queue == null) {
            return -Errno.ENODEV;
          }
          // The SMMU's own queue is always empty. Where nothing queues faults the workqueue is
          // empty too, and flush_workqueue() returns at once.
          if (faultsPossible) {
            queue.wq.flush();
          }
          return 0;
        });
  }
}
