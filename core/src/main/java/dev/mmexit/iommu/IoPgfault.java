package dev.mmexit.iommu;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Errno;
import dev.mmexit.kernel.FaultSite;
import dev.mmexit.mm.MmStruct;
import dev.mmexit.mm.MmSubsystem;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** drivers/iommu/io-pgfault.c: page faults of devices, and which devices can have them handled. */
public final class IoPgfault {
  /** The answers to a page request. */
  private static final int IOMMU_PAGE_RESP_SUCCESS = 0;

  private static final int IOMMU_PAGE_RESP_INVALID = 1;

  private final Engine engine;
  private final MmSubsystem mmSubsystem;
  private final Iommu iommu;
  private final boolean faultsPossible;
  private final IommuDevFaultHandler handler = new QueueIopf();
  private @Nullable SvaCore sva;

  /**
   * The functions.
   *
   * @param faultsPossible whether anything ever queues a fault
   */
  public IoPgfault(Engine engine, MmSubsystem mmSubsystem, Iommu iommu, boolean faultsPossible) {
    this.engine = engine;
    this.mmSubsystem = mmSubsystem;
    this.iommu = iommu;
    this.faultsPossible = faultsPossible;
  }

  /** Says who knows what a PASID stands for: the layer above, which is made later. Once. */
  public void link(SvaCore core) {
    sva = core;
  }

  Iommu iommu() {
    return iommu;
  }

  /** {@code iommu_queue_iopf}, as the handler to register. */
  public IommuDevFaultHandler handler() {
    return handler;
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
          IopfDeviceParam iopfParam = engine.create(() -> new IopfDeviceParam(engine));
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
   * queue, else sleeps until the faults that the IOMMU has seen are reported, and then until those
   * that are queued have been handled, of whatever device.
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
          // Where nothing ever faults both queues are empty, and neither flush waits.
          if (faultsPossible) {
            queue.flush.run();
            queue.wq.flush();
          }
          return 0;
        });
  }

  /**
   * {@code iommu_queue_iopf} of drivers/iommu/io-pgfault.c, of the last request of its group: has a
   * kworker handle it. The reporter holds the lock of the device's parameters.
   */
  public int iommuQueueIopf(Device dev, int pasid) {
    return engine.call(
        "iommu_queue_iopf",
        () -> {
          IopfDeviceParam iopfParam = dev.iommuParam.iopfParam.get();
          if (iopfParam == null) {
            return -Errno.ENODEV;
          }
          if (engine.shouldFail(FaultSite.KZALLOC, -Errno.ENOMEM, dev.name())) {
            return -Errno.ENOMEM;
          }
          IopfGroup group = engine.create(() -> new IopfGroup(engine));
          group.nameIt(dev.name());
          group.dev.set(dev);
          group.pasid.set(pasid);
          iopfParam.queue.deref().wq.queueWork("iopf_handle_group", () -> iopfHandleGroup(group));
          return 0;
        });
  }

  /** {@code iopf_handle_group} of drivers/iommu/io-pgfault.c: the work item. */
  public void iopfHandleGroup(IopfGroup group) {
    engine.run(
        "iopf_handle_group",
        () -> {
          Device dev = group.dev.deref();
          int pasid = group.pasid.get();
          iopfHandleSingle(pasid);
          iommu.iommuPageResponse(dev, pasid);
          group.kfree();
        });
  }

  /**
   * {@code iopf_handle_single} of drivers/iommu/io-pgfault.c: has the page made present. The
   * reference to the address space may be the last, which is why it is dropped by another kworker.
   */
  public int iopfHandleSingle(int pasid) {
    return engine.call(
        "iopf_handle_single",
        () -> {
          MmStruct mm = Objects.requireNonNull(sva).iommuSvaFind(pasid);
          if (mm == null) {
            return IOMMU_PAGE_RESP_INVALID;
          }
          mm.mmapSem.downRead();
          mmSubsystem.memory.handleMmFault(mm);
          mm.mmapSem.upRead();
          mmSubsystem.fork.mmputAsync(mm);
          return IOMMU_PAGE_RESP_SUCCESS;
        });
  }

  /** {@code iommu_queue_iopf} as the handler that devices are initialised with. */
  private final class QueueIopf implements IommuDevFaultHandler {
    @Override
    public int fault(Device dev, int pasid) {
      return iommuQueueIopf(dev, pasid);
    }

    @Override
    public long canonicalHash() {
      return 0x428a2f98d728ae22L;
    }
  }
}
