package dev.mmexit.iommu.sva;

import dev.mmexit.iommu.Device;
import dev.mmexit.iommu.IoMm;
import dev.mmexit.iommu.IoPgfault;
import dev.mmexit.iommu.Iommu;
import dev.mmexit.iommu.IommuBond;
import dev.mmexit.iommu.IommuDomain;
import dev.mmexit.iommu.IommuOps;
import dev.mmexit.iommu.IommuSvaParam;
import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.ErrPtr;
import dev.mmexit.kernel.Errno;
import dev.mmexit.kernel.FaultSite;
import dev.mmexit.kernel.Fence;
import dev.mmexit.mm.MmStruct;
import dev.mmexit.mm.MmSubsystem;
import dev.mmexit.mm.MmuNotifierOps;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of drivers/iommu/iommu-sva.c that is about {@code io_mm}: its life, and finding one. The
 * rest is in {@link IommuSva}.
 */
@SuppressWarnings("LabelledBreakTarget") // labels stand for those of C
public abstract class IoMms {
  protected final Engine engine;
  protected final MmSubsystem mmSubsystem;
  protected final Iommu iommu;
  protected final IoPgfault ioPgfault;

  /** The static variables. */
  public final IommuSvaGlobals globals;

  /** The functions, over those that they call. */
  protected IoMms(Engine engine, MmSubsystem mmSubsystem, Iommu iommu, IoPgfault ioPgfault) {
    this.engine = engine;
    this.mmSubsystem = mmSubsystem;
    this.iommu = iommu;
    this.ioPgfault = ioPgfault;
    globals = new IommuSvaGlobals(engine);
  }

  /** {@code iommu_mmu_notifier} of drivers/iommu/iommu-sva.c. */
  protected abstract MmuNotifierOps iommuMmuNotifier();

  /**
   * {@code io_mm_alloc} of drivers/iommu/iommu-sva.c. The new one can be found from when it has a
   * PASID, but has no reference to be taken until its notifier is registered.
   */
  public ErrPtr<IoMm> ioMmAlloc(IommuDomain domain, Device dev, MmStruct mm, int flags) {
    return engine.get(
        "io_mm_alloc",
        () -> {
          IommuOps ops = domain.ops.deref();
          ErrPtr<IoMm> allocated = ops.mmAlloc(domain, mm, flags);
          if (allocated.isErr()) {
            return allocated;
          }
          IoMm ioMm = allocated.pointer();
          if (ioMm == null) {
            return ErrPtr.error(-Errno.ENOMEM);
          }
          mmSubsystem.fork.mmgrab(mm);
          ioMm.flags.set(flags);
          ioMm.mm.set(mm);
          ioMm.ops.set(iommuMmuNotifier());
          ioMm.release.set(ops);
          IommuSvaParam param = dev.iommuParam.svaParam.deref();
          int ret;
          errFreeMm:
          {
            globals.iommuSvaLock.lock();
            int pasid =
                engine.shouldFail(FaultSite.PASID_ALLOC, -Errno.ENOSPC, dev.name(), mm.name())
                    ? -Errno.ENOSPC
                    : globals.iommuPasidIdr.alloc(
                        ioMm, param.minPasid.get(), param.maxPasid.get() + 1);
            ioMm.pasid.set(pasid);
            globals.iommuSvaLock.unlock();
            if (pasid < 0) {
              ret = pasid;
              break errFreeMm;
            }
            ret = mmSubsystem.mmuNotifiers.mmuNotifierRegister(ioMm, mm);
            if (ret == 0) {
              Fence.smpWmb();
              ioMm.kref.init();
              return allocated;
            }
            globals.iommuSvaLock.lock();
            globals.iommuPasidIdr.remove(pasid);
            globals.iommuSvaLock.unlock();
          }
          ops.mmFree(ioMm);
          mmSubsystem.fork.mmdrop(mm);
          return ErrPtr.error(ret);
        });
  }

  /** {@code io_mm_get_locked} of drivers/iommu/iommu-sva.c: false where nobody has one. */
  public boolean ioMmGetLocked(IoMm ioMm) {
    return engine.call("io_mm_get_locked", () -> ioMm.kref.incNotZero() ? 1 : 0) != 0;
  }

  /** {@code io_mm_put_locked} of drivers/iommu/iommu-sva.c. */
  public void ioMmPutLocked(IoMm ioMm) {
    engine.run(
        "io_mm_put_locked",
        () -> {
          if (ioMm.kref.decAndTest()) {
            ioMmRelease(ioMm);
          }
        });
  }

  /** {@code io_mm_put} of drivers/iommu/iommu-sva.c. */
  public void ioMmPut(IoMm ioMm) {
    engine.run(
        "io_mm_put",
        () -> {
          globals.iommuSvaLock.lock();
          ioMmPutLocked(ioMm);
          globals.iommuSvaLock.unlock();
        });
  }

  /**
   * {@code io_mm_release} of drivers/iommu/iommu-sva.c: the PASID is free at once, the memory when
   * no walk of notifiers can still look at it.
   */
  public void ioMmRelease(IoMm ioMm) {
    engine.run(
        "io_mm_release",
        () -> {
          if (!ioMm.devices.isEmpty()) {
            engine.warn(ioMm, "an io_mm is released with bonds on its list");
          }
          globals.iommuPasidIdr.remove(ioMm.pasid.get());
          mmSubsystem.mmuNotifiers.mmuNotifierUnregisterNoRelease(ioMm, ioMm.mm.deref());
          mmSubsystem.mmuNotifiers.mmuNotifierCallSrcu("io_mm_free", () -> ioMmFree(ioMm));
        });
  }

  /** {@code io_mm_free} of drivers/iommu/iommu-sva.c: a callback of SRCU, which must not sleep. */
  public void ioMmFree(IoMm ioMm) {
    engine.run(
        "io_mm_free",
        () -> {
          MmStruct mm = ioMm.mm.deref();
          ioMm.release.deref().mmFree(ioMm);
          mmSubsystem.fork.mmdrop(mm);
        });
  }

  /**
   * {@code iommu_sva_find} of drivers/iommu/iommu-sva.c: the address space of {@code pasid} with a
   * reference of {@code mm_users}; null where it is going away.
   */
  public @Nullable MmStruct iommuSvaFind(int pasid) {
    return engine.get(
        "iommu_sva_find",
        () -> {
          MmStruct mm = null;
          globals.iommuSvaLock.lock();
          IoMm ioMm = globals.iommuPasidIdr.find(pasid);
          if (ioMm != null && ioMmGetLocked(ioMm)) {
            MmStruct found = ioMm.mm.deref();
            if (mmSubsystem.fork.mmgetNotZero(found)) {
              mm = found;
            }
            ioMmPutLocked(ioMm);
          }
          globals.iommuSvaLock.unlock();
          return mm;
        });
  }

  /** The bonds of {@code dev}, by PASID, unseen by the engine: for properties and reports. */
  public final List<IommuBond> bondsOf(Device dev) {
    List<IommuBond> bonds = new ArrayList<>();
    for (IoMm ioMm : globals.iommuPasidIdr.now().values()) {
      for (IommuBond bond : ioMm.devices.now()) {
        if (bond.dev.now() == dev) {
          bonds.add(bond);
        }
      }
    }
    return bonds;
  }
}
