package dev.mmexit.variant;

import dev.mmexit.iommu.Device;
import dev.mmexit.iommu.DmaIommu;
import dev.mmexit.iommu.Iommu;
import dev.mmexit.iommu.IommuConst;
import dev.mmexit.iommu.IommuDomain;
import dev.mmexit.iommu.IommuGroup;
import dev.mmexit.iommu.sva.IommuSva;
import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Errno;
import dev.mmexit.kernel.Int;
import dev.mmexit.kernel.SpinLock;
import dev.mmexit.kernel.Struct;
import dev.mmexit.mm.MmStruct;
import dev.mmexit.mm.MmSubsystem;
import dev.mmexit.vfio.VfioDomain;
import dev.mmexit.vfio.VfioGroup;
import dev.mmexit.vfio.VfioIommu;
import dev.mmexit.vfio.VfioIommuSvaBindData;
import dev.mmexit.vfio.VfioIommuType1;
import dev.mmexit.vfio.VfioMm;
import org.jspecify.annotations.Nullable;

/** drivers/vfio/vfio_iommu_type1.c as {@link Fixed} has it. */
final class FixedType1 extends VfioIommuType1 {
  FixedType1(
      Engine engine, MmSubsystem mmSubsystem, Iommu iommuCore, DmaIommu dmaIommu, IommuSva sva) {
    super(engine, mmSubsystem, iommuCore, dmaIommu, sva);
  }

  /** {@code struct vfio_iommu} with a lock for {@code mm_list}. */
  static final class Container extends VfioIommu {
    /** Protects {@code mm_list}; taken within {@code lock}, or alone. */
    final SpinLock mmLock = spinLock("mm_lock");

    Container(Engine engine) {
      super(engine);
    }
  }

  @Override
  protected VfioIommu kzallocVfioIommu() {
    return engine.create(() -> new Container(engine));
  }

  private static SpinLock mmLock(VfioIommu iommu) {
    return ((Container) iommu).mmLock;
  }

  /** Takes no lock that anybody holds who waits for it. */
  @Override
  public int vfioIommuMmExit(Device dev, int pasid, VfioIommu iommu) {
    return engine.call(
        "vfio_iommu_mm_exit",
        () -> {
          mmLock(iommu).lock();
          for (VfioMm vfioMm : iommu.mmList.entries()) {
            if (vfioMm.pasid.get() == pasid) {
              vfioMm.next.del();
              freeVfioMm(vfioMm);
              break;
            }
          }
          mmLock(iommu).unlock();
          return 0;
        });
  }

  @Override
  protected @Nullable VfioMm findVfioMm(VfioIommu iommu, MmStruct mm) {
    mmLock(iommu).lock();
    VfioMm vfioMm = super.findVfioMm(iommu, mm);
    mmLock(iommu).unlock();
    return vfioMm;
  }

  @Override
  protected VfioMm kzallocVfioMm(MmStruct mm) {
    VfioMm vfioMm = super.kzallocVfioMm(mm);
    mmSubsystem.fork.mmgrab(mm);
    return vfioMm;
  }

  @Override
  protected void listVfioMm(VfioIommu iommu, VfioMm vfioMm) {
    mmLock(iommu).lock();
    super.listVfioMm(iommu, vfioMm);
    mmLock(iommu).unlock();
  }

  @Override
  protected void unlistVfioMm(VfioIommu iommu, VfioMm vfioMm) {
    mmLock(iommu).lock();
    super.unlistVfioMm(iommu, vfioMm);
    mmLock(iommu).unlock();
  }

  @Override
  protected void freeVfioMm(VfioMm vfioMm) {
    mmSubsystem.fork.mmdrop(vfioMm.mm.deref());
    super.freeVfioMm(vfioMm);
  }

  @Override
  public void vfioIommuFreeAllMm(VfioIommu iommu) {
    mmLock(iommu).lock();
    super.vfioIommuFreeAllMm(iommu);
    mmLock(iommu).unlock();
  }

  /**
   * Writes the PASID to the record only where it has another one, that is before the record is
   * listed: a callback may be looking at it.
   */
  @Override
  public int vfioIommuSvaBindDev(Device dev, VfioIommuSvaBindData data) {
    return engine.call(
        "vfio_iommu_sva_bind_dev",
        () -> {
          int count = data.count.get();
          data.count.set(count + 1);
          if (count != 0) {
            return -Errno.EINVAL;
          }
          VfioMm vfioMm = data.vfioMm.deref();
          BindDevLocals local = engine.create(() -> new BindDevLocals(engine));
          int ret =
              sva.__iommuSvaBindDevice(
                  dev,
                  vfioMm.mm.deref(),
                  local.pasid,
                  IommuConst.IOMMU_SVA_FEAT_IOPF,
                  drvdata(data));
          if (ret == 0 && vfioMm.pasid.get() != local.pasid.get()) {
            vfioMm.pasid.set(local.pasid.get());
          }
          local.kfree();
          return ret;
        });
  }

  /** The local variable of {@code vfio_iommu_sva_bind_dev}. */
  static final class BindDevLocals extends Struct {
    final Int pasid = integer("pasid");

    BindDevLocals(Engine engine) {
      super(engine, "local variable of vfio_iommu_sva_bind_dev", "", Storage.STACK);
    }
  }

  /** Where SVA cannot be initialised on one device, shuts it down on those that came before. */
  @Override
  protected int initialiseSva(IommuGroup iommuGroup) {
    int ret = super.initialiseSva(iommuGroup);
    if (ret != 0) {
      iommuCore.iommuGroupForEachDev(iommuGroup, this::vfioIommuSvaShutdown);
    }
    return ret;
  }

  /**
   * Drops the records of address spaces that have begun to exit. While a group is bound to an
   * address space, the reference to that keeps its record where it is, so that the walk can go on
   * from it. There is nothing to undo but the group's SVA, as the group is new.
   */
  @Override
  public int vfioIommuReplayBind(VfioIommu iommu, VfioGroup group) {
    return engine.call(
        "vfio_iommu_replay_bind",
        () -> {
          int ret = 0;
          mmLock(iommu).lock();
          VfioMm vfioMm = iommu.mmList.first();
          while (vfioMm != null && ret == 0) {
            MmStruct mm = vfioMm.mm.deref();
            if (!mmSubsystem.fork.mmgetNotZero(mm)) {
              VfioMm next = vfioMm.next.nextEntry(iommu.mmList);
              vfioMm.next.del();
              freeVfioMm(vfioMm);
              vfioMm = next;
              continue;
            }
            mmLock(iommu).unlock();
            ret = vfioIommuBindGroup(iommu, group, vfioMm);
            mmLock(iommu).lock();
            vfioMm = vfioMm.next.nextEntry(iommu.mmList);
            mmSubsystem.fork.mmputAsync(mm);
          }
          mmLock(iommu).unlock();
          if (ret != 0) {
            disableSva(group, group.iommuGroup.deref());
          }
          return ret;
        });
  }

  @Override
  protected void outDetach(IommuDomain domain, VfioGroup group, IommuGroup iommuGroup) {
    disableSva(group, iommuGroup);
    super.outDetach(domain, group, iommuGroup);
  }

  @Override
  protected void leaveDomain(
      VfioIommu iommu, VfioDomain domain, VfioGroup group, IommuGroup iommuGroup) {
    disableSva(group, iommuGroup);
    super.leaveDomain(iommu, domain, group, iommuGroup);
  }

  /** With the lock that all others hold who change what is ended here. */
  @Override
  protected void releaseAll(VfioIommu iommu) {
    iommu.lock.lock();
    super.releaseAll(iommu);
    iommu.lock.unlock();
  }

  @Override
  protected void releaseGroup(VfioDomain domain, VfioGroup group) {
    disableSva(group, group.iommuGroup.deref());
    super.releaseGroup(domain, group);
  }
}
