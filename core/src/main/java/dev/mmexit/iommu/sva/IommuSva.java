package dev.mmexit.iommu.sva;

import dev.mmexit.iommu.Device;
import dev.mmexit.iommu.IoMm;
import dev.mmexit.iommu.IoPgfault;
import dev.mmexit.iommu.Iommu;
import dev.mmexit.iommu.IommuBond;
import dev.mmexit.iommu.IommuConst;
import dev.mmexit.iommu.IommuDomain;
import dev.mmexit.iommu.IommuSvaParam;
import dev.mmexit.iommu.MmExitHandler;
import dev.mmexit.iommu.SvaCore;
import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.ErrPtr;
import dev.mmexit.kernel.Errno;
import dev.mmexit.kernel.FaultSite;
import dev.mmexit.kernel.Int;
import dev.mmexit.kernel.PartOf;
import dev.mmexit.kernel.Struct;
import dev.mmexit.mm.MmStruct;
import dev.mmexit.mm.MmSubsystem;
import dev.mmexit.mm.MmuNotifier;
import dev.mmexit.mm.MmuNotifierOps;

/** drivers/iommu/iommu-sva.c: bonds between address spaces and devices. */
@SuppressWarnings("LabelledBreakTarget") // labels stand for those of C
public class IommuSva extends IoMms implements SvaCore {
  private final MmuNotifierOps notifierOps = new NotifierOps();

  /** The functions, over those that they call. */
  public IommuSva(Engine engine, MmSubsystem mmSubsystem, Iommu iommu, IoPgfault ioPgfault) {
    super(engine, mmSubsystem, iommu, ioPgfault);
  }

  /** {@code iommu_sva_device_init} of drivers/iommu/iommu-sva.c. */
  public int iommuSvaDeviceInit(Device dev, int features, int maxPasid, MmExitHandler mmExit) {
    return engine.call(
        "iommu_sva_device_init",
        () -> {
          IommuDomain domain = iommu.iommuGetDomainForDev(dev);
          if (domain == null) {
            return -Errno.ENODEV;
          }
          if ((features & ~IommuConst.IOMMU_SVA_FEAT_IOPF) != 0) {
            return -Errno.EINVAL;
          }
          if ((features & IommuConst.IOMMU_SVA_FEAT_IOPF) != 0) {
            int registered = iommu.iommuRegisterDeviceFaultHandler(dev, ioPgfault.handler());
            if (registered != 0) {
              return registered;
            }
          }
          if (engine.shouldFail(FaultSite.KZALLOC, -Errno.ENOMEM, dev.name())) {
            iommu.iommuUnregisterDeviceFaultHandler(dev);
            return -Errno.ENOMEM;
          }
          IommuSvaParam param = engine.create(() -> new IommuSvaParam(engine));
          param.nameIt(dev.name());
          param.features.set(features);
          param.maxPasid.set(maxPasid);
          param.mmExit.set(mmExit);
          int ret;
          errFreeParam:
          {
            ret = domain.ops.deref().svaDeviceInit(dev, param);
            if (ret != 0) {
              break errFreeParam;
            }
            dev.iommuParam.lock.lock();
            if (dev.iommuParam.svaParam.get() != null) {
              ret = -Errno.EEXIST;
            } else {
              dev.iommuParam.svaParam.set(param);
            }
            dev.iommuParam.lock.unlock();
            if (ret == 0) {
              return 0;
            }
            domain.ops.deref().svaDeviceShutdown(dev, param);
          }
          param.kfree();
          iommu.iommuUnregisterDeviceFaultHandler(dev);
          return ret;
        });
  }

  /**
   * {@code iommu_sva_device_shutdown} of drivers/iommu/iommu-sva.c: does nothing for a device that
   * has left its domain and got no other.
   */
  public int iommuSvaDeviceShutdown(Device dev) {
    return engine.call(
        "iommu_sva_device_shutdown",
        () -> {
          IommuDomain domain = iommu.iommuGetDomainForDev(dev);
          if (domain == null) {
            return -Errno.ENODEV;
          }
          __iommuSvaUnbindDevAll(dev);
          dev.iommuParam.lock.lock();
          IommuSvaParam param = dev.iommuParam.svaParam.get();
          dev.iommuParam.svaParam.set(null);
          dev.iommuParam.lock.unlock();
          if (param == null) {
            return -Errno.ENODEV;
          }
          domain.ops.deref().svaDeviceShutdown(dev, param);
          param.kfree();
          iommu.iommuUnregisterDeviceFaultHandler(dev);
          return 0;
        });
  }

  /**
   * {@code io_mm_attach} of drivers/iommu/iommu-sva.c: the caller's reference to {@code ioMm}
   * becomes the bond's.
   */
  public int ioMmAttach(IommuDomain domain, Device dev, IoMm ioMm, Struct drvdata) {
    return engine.call(
        "io_mm_attach",
        () -> {
          IommuSvaParam param = dev.iommuParam.svaParam.deref();
          int pasid = ioMm.pasid.get();
          if (pasid < param.minPasid.get() || pasid > param.maxPasid.get()) {
            return -Errno.ERANGE;
          }
          if (engine.shouldFail(FaultSite.KZALLOC, -Errno.ENOMEM, dev.name(), ioMm.name())) {
            return -Errno.ENOMEM;
          }
          IommuBond bond = engine.create(() -> new IommuBond(engine));
          bond.nameIt(dev.name() + "-" + ioMm.name());
          bond.domain.set(domain);
          bond.ioMm.set(ioMm);
          bond.dev.set(dev);
          bond.drvdata.set(drvdata);
          globals.iommuSvaLock.lock();
          boolean attachDomain = true;
          for (IommuBond other : domain.mmList.entries()) {
            if (other.ioMm.pointsTo(ioMm)) {
              attachDomain = false;
              break;
            }
          }
          int ret = domain.ops.deref().mmAttach(domain, dev, ioMm, attachDomain);
          if (ret != 0) {
            bond.kfree();
          } else {
            ioMm.devices.add(bond.mmHead);
            domain.mmList.add(bond.domainHead);
            param.mmList.add(bond.devHead);
          }
          globals.iommuSvaLock.unlock();
          return ret;
        });
  }

  /**
   * {@code __iommu_sva_bind_device} of drivers/iommu/iommu-sva.c: {@code -EEXIST} for what is bound
   * already. The lock is not held from the search to the attachment.
   *
   * @param pasid out
   */
  public int __iommuSvaBindDevice(Device dev, MmStruct mm, Int pasid, int flags, Struct drvdata) {
    return engine.call(
        "__iommu_sva_bind_device",
        () -> {
          IommuSvaParam param = dev.iommuParam.svaParam.get();
          IommuDomain domain = iommu.iommuGetDomainForDev(dev);
          if (domain == null) {
            return -Errno.EINVAL;
          }
          if (param == null) {
            engine.warn(dev, dev.name() + " is bound without sva_param");
            return -Errno.EINVAL;
          }
          if ((flags & ~param.features.get()) != 0) {
            return -Errno.EINVAL;
          }
          IoMm ioMm = null;
          boolean bound = false;
          globals.iommuSvaLock.lock();
          for (IoMm candidate : globals.iommuPasidIdr.entriesInOrder()) {
            if (candidate.mm.pointsTo(mm) && ioMmGetLocked(candidate)) {
              ioMm = candidate;
              break;
            }
          }
          if (ioMm != null) {
            for (IommuBond bond : ioMm.devices.entries()) {
              if (bond.dev.pointsTo(dev)) {
                bound = true;
                ioMmPutLocked(ioMm);
                break;
              }
            }
          }
          globals.iommuSvaLock.unlock();
          if (bound) {
            return -Errno.EEXIST;
          }
          if (ioMm == null) {
            ErrPtr<IoMm> allocated = ioMmAlloc(domain, dev, mm, flags);
            ioMm = allocated.pointer();
            if (ioMm == null) {
              return allocated.error();
            }
          } else if (flags != ioMm.flags.get()) {
            ioMmPut(ioMm);
            return -Errno.EDOM;
          }
          int ret = ioMmAttach(domain, dev, ioMm, drvdata);
          if (ret != 0) {
            ioMmPut(ioMm);
          } else {
            pasid.set(ioMm.pasid.get());
          }
          return ret;
        });
  }

  /**
   * {@code io_mm_detach_locked} of drivers/iommu/iommu-sva.c, called with the lock. Whoever unbinds
   * waits for a running {@code mm_exit} and then goes on itself, if it came first; the notifier
   * leaves the bond to whoever waits.
   */
  public void ioMmDetachLocked(IommuBond bond, boolean wait) {
    engine.run(
        "io_mm_detach_locked",
        () -> {
          if (wait) {
            boolean doDetach = !(bond.refs.read() > 1);
            bond.refs.inc();
            waitForMmExit(bond);
            if (!doDetach) {
              return;
            }
          } else if (!bond.refs.decAndTest()) {
            return;
          }
          endBond(bond);
          bond.kfree();
        });
  }

  /** Waits until no {@code mm_exit} of the bond is running; drops the lock meanwhile. */
  @PartOf("io_mm_detach_locked")
  protected void waitForMmExit(IommuBond bond) {
    bond.mmExitWq.waitEventLockIrq(
        bond.mmExitActive, globals.iommuSvaLock, "mm_exit of bond " + bond.name());
  }

  /** All that ends a bond but for freeing it. */
  @PartOf("io_mm_detach_locked")
  protected final void endBond(IommuBond bond) {
    Device dev = bond.dev.deref();
    IoMm ioMm = bond.ioMm.deref();
    IommuDomain domain = bond.domain.deref();
    boolean detachDomain = true;
    for (IommuBond other : domain.mmList.entries()) {
      if (other.ioMm.pointsTo(ioMm) && !other.dev.pointsTo(dev)) {
        detachDomain = false;
        break;
      }
    }
    domain.ops.deref().mmDetach(domain, dev, ioMm, detachDomain);
    bond.mmHead.del();
    bond.domainHead.del();
    bond.devHead.del();
    ioMmPutLocked(ioMm);
  }

  /** {@code __iommu_sva_unbind_device} of drivers/iommu/iommu-sva.c. */
  public int __iommuSvaUnbindDevice(Device dev, int pasid) {
    return engine.call(
        "__iommu_sva_unbind_device",
        () -> {
          IommuSvaParam param = dev.iommuParam.svaParam.get();
          IommuDomain domain = iommu.iommuGetDomainForDev(dev);
          if (param == null) {
            return -Errno.EINVAL;
          }
          if (domain == null) {
            engine.warn(dev, dev.name() + " is unbound without a domain");
            return -Errno.EINVAL;
          }
          ioPgfault.iopfQueueFlushDev(dev);
          int ret = -Errno.ESRCH;
          globals.iommuSvaLock.lock();
          for (IommuBond bond : param.mmList.entries()) {
            if (bond.ioMm.deref().pasid.get() == pasid) {
              ioMmDetachLocked(bond, true);
              ret = 0;
              break;
            }
          }
          globals.iommuSvaLock.unlock();
          return ret;
        });
  }

  /**
   * {@code __iommu_sva_unbind_dev_all} of drivers/iommu/iommu-sva.c: reads the successor of a bond
   * before it detaches the bond, which may sleep.
   */
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
          for (IommuBond bond : param.mmList.entriesSafe()) {
            ioMmDetachLocked(bond, true);
          }
          globals.iommuSvaLock.unlock();
        });
  }

  /** {@code iommu_signal_mm_exit} of drivers/iommu/iommu-sva.c: tells the user of the device. */
  public int iommuSignalMmExit(IommuBond bond) {
    return engine.call(
        "iommu_signal_mm_exit",
        () -> {
          Device dev = bond.dev.deref();
          IoMm ioMm = bond.ioMm.deref();
          IommuSvaParam param = dev.iommuParam.svaParam.get();
          MmExitHandler mmExit = param == null ? null : param.mmExit.get();
          return mmExit == null ? 0 : mmExit.mmExit(dev, ioMm.pasid.get(), bond.drvdata.get());
        });
  }

  /**
   * {@code iommu_notifier_release} of drivers/iommu/iommu-sva.c: the last user of the address space
   * has gone. Reads the successor of a bond after the {@code mm_exit} of that bond.
   */
  public void iommuNotifierRelease(MmuNotifier mn, MmStruct mm) {
    engine.run(
        "iommu_notifier_release",
        () -> {
          IoMm ioMm = (IoMm) mn;
          globals.iommuSvaLock.lock();
          if (!ioMmGetLocked(ioMm)) {
            globals.iommuSvaLock.unlock();
            return;
          }
          IommuBond bond = ioMm.devices.first();
          while (bond != null) {
            bond.mmExitActive.set(true);
            globals.iommuSvaLock.unlock();
            if (iommuSignalMmExit(bond) != 0) {
              engine.warn(bond, "mm_exit of bond " + bond.name() + " failed");
            }
            ioPgfault.iopfQueueFlushDev(bond.dev.deref());
            globals.iommuSvaLock.lock();
            IommuBond next = bond.mmHead.nextEntry(ioMm.devices);
            bond.mmExitActive.set(false);
            bond.mmExitWq.wakeUpAll();
            ioMmDetachLocked(bond, false);
            bond = next;
          }
          globals.iommuSvaLock.unlock();
          ioMmPut(ioMm);
        });
  }

  /** {@code iommu_notifier_invalidate_range} of drivers/iommu/iommu-sva.c. */
  public void iommuNotifierInvalidateRange(MmuNotifier mn, MmStruct mm) {
    engine.run(
        "iommu_notifier_invalidate_range",
        () -> {
          IoMm ioMm = (IoMm) mn;
          globals.iommuSvaLock.lock();
          for (IommuBond bond : ioMm.devices.entries()) {
            IommuDomain domain = bond.domain.deref();
            domain.ops.deref().mmInvalidate(domain, bond.dev.deref(), ioMm);
          }
          globals.iommuSvaLock.unlock();
        });
  }

  @Override
  protected final MmuNotifierOps iommuMmuNotifier() {
    return notifierOps;
  }

  /** {@code iommu_mmu_notifier} of drivers/iommu/iommu-sva.c. */
  private final class NotifierOps implements MmuNotifierOps {
    @Override
    public void release(MmuNotifier mn, MmStruct mm) {
      iommuNotifierRelease(mn, mm);
    }

    @Override
    public void invalidateRange(MmuNotifier mn, MmStruct mm) {
      iommuNotifierInvalidateRange(mn, mm);
    }

    @Override
    public long canonicalHash() {
      return 0x1f83d9abfb41bd6bL;
    }
  }
}
