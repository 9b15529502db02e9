package dev.mmexit.variant;

import dev.mmexit.iommu.Device;
import dev.mmexit.iommu.IoPgfault;
import dev.mmexit.iommu.Iommu;
import dev.mmexit.iommu.IommuBond;
import dev.mmexit.iommu.IommuSvaParam;
import dev.mmexit.iommu.sva.IommuSva;
import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Int;
import dev.mmexit.kernel.Mutex;
import dev.mmexit.kernel.Struct;
import dev.mmexit.mm.MmStruct;
import dev.mmexit.mm.MmSubsystem;

/** drivers/iommu/iommu-sva.c as {@link Fixed} has it. */
final class FixedIommuSva extends IommuSva {
  private final SvaStatics statics;

  FixedIommuSva(Engine engine, MmSubsystem mmSubsystem, Iommu iommu, IoPgfault ioPgfault) {
    super(engine, mmSubsystem, iommu, ioPgfault);
    statics = new SvaStatics(engine);
  }

  /** What is added to the static variables. */
  static final class SvaStatics extends Struct {
    /** Orders those who look for the {@code io_mm} of an address space, or make it. */
    final Mutex iommuSvaBindMutex = mutex("iommu_sva_bind_mutex");

    SvaStatics(Engine engine) {
      super(engine, "more static variables of iommu-sva.c", "", Storage.STATIC);
    }
  }

  /** Makes and binds with the mutex held, so that an address space never gets a second PASID. */
  @Override
  public int __iommuSvaBindDevice(Device dev, MmStruct mm, Int pasid, int flags, Struct drvdata) {
    statics.iommuSvaBindMutex.lock();
    int ret = super.__iommuSvaBindDevice(dev, mm, pasid, flags, drvdata);
    statics.iommuSvaBindMutex.unlock();
    return ret;
  }

  /**
   * Whoever finds {@code mm_exit} running leaves the bond to it and waits; else who comes ends the
   * bond at once. The last of them frees it.
   */
  @Override
  public void ioMmDetachLocked(IommuBond bond, boolean wait) {
    engine.run(
        "io_mm_detach_locked",
        () -> {
          if (wait && bond.mmExitActive.get()) {
            bond.refs.inc();
            waitForMmExit(bond);
          } else {
            endBond(bond);
          }
          if (bond.refs.decAndTest()) {
            bond.kfree();
          }
        });
  }

  /** Looks at the front of the list again after each bond, as the lock was not always held. */
  @Override
  public void __iommuSvaUnbindDevAll(Device dev) {
    engine.run(
        "__iommu_sva_unbind_dev_all",
        () -> {
          ioPgfault.iopfQueueFlushDev(dev);
          IommuSvaParam param = dev.iommuParam.svaParam.get();
          if (param == null) {
            return;
          }
          globals.iommuSvaLock.lock();
          IommuBond bond = param.mmList.first();
          while (bond != null) {
            ioMmDetachLocked(bond, true);
            bond = param.mmList.first();
          }
          globals.iommuSvaLock.unlock();
        });
  }
}
