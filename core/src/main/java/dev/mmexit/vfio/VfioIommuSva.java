package dev.mmexit.vfio;

import dev.mmexit.iommu.BusType;
import dev.mmexit.iommu.Device;
import dev.mmexit.iommu.DmaIommu;
import dev.mmexit.iommu.Iommu;
import dev.mmexit.iommu.IommuConst;
import dev.mmexit.iommu.IommuGroup;
import dev.mmexit.iommu.MmExitHandler;
import dev.mmexit.iommu.sva.IommuSva;
import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Errno;
import dev.mmexit.kernel.FindingKind;
import dev.mmexit.kernel.KernelBug;
import dev.mmexit.kernel.PartOf;
import dev.mmexit.kernel.Struct;
import dev.mmexit.mm.MmStruct;
import dev.mmexit.mm.MmSubsystem;
import org.jspecify.annotations.Nullable;

/**
 * The part of drivers/vfio/vfio_iommu_type1.c that binds groups to address spaces. All of its
 * callers hold the container's lock. The rest is in {@link VfioIommuIoctl} and {@link
 * VfioIommuType1}.
 */
public abstract class VfioIommuSva {
  protected final Engine engine;
  protected final MmSubsystem mmSubsystem;
  protected final Iommu iommuCore;
  protected final DmaIommu dmaIommu;
  protected final IommuSva sva;
  private final MmExitHandler mmExitHandler = new MmExit();

  /** The functions, over those that they call. */
  protected VfioIommuSva(
      Engine engine, MmSubsystem mmSubsystem, Iommu iommuCore, DmaIommu dmaIommu, IommuSva sva) {
    this.engine = engine;
    this.mmSubsystem = mmSubsystem;
    this.iommuCore = iommuCore;
    this.dmaIommu = dmaIommu;
    this.sva = sva;
  }

  /**
   * {@code vfio_iommu_mm_exit} of drivers/vfio/vfio_iommu_type1.c: forgets the address space.
   * Called once for each device that is bound to it.
   */
  public int vfioIommuMmExit(Device dev, int pasid, VfioIommu iommu) {
    return engine.call(
        "vfio_iommu_mm_exit",
        () -> {
          iommu.lock.lock();
          for (VfioMm vfioMm : iommu.mmList.entries()) {
            if (vfioMm.pasid.get() == pasid) {
              unlistVfioMm(iommu, vfioMm);
              freeVfioMm(vfioMm);
              break;
            }
          }
          iommu.lock.unlock();
          return 0;
        });
  }

  /** {@code vfio_iommu_sva_init} of drivers/vfio/vfio_iommu_type1.c. */
  public int vfioIommuSvaInit(Device dev) {
    return engine.call(
        "vfio_iommu_sva_init",
        () -> sva.iommuSvaDeviceInit(dev, IommuConst.IOMMU_SVA_FEAT_IOPF, 0, mmExitHandler));
  }

  /** {@code vfio_iommu_sva_shutdown} of drivers/vfio/vfio_iommu_type1.c. */
  public int vfioIommuSvaShutdown(Device dev) {
    return engine.call(
        "vfio_iommu_sva_shutdown",
        () -> {
          sva.iommuSvaDeviceShutdown(dev);
          return 0;
        });
  }

  /** {@code vfio_iommu_sva_bind_dev} of drivers/vfio/vfio_iommu_type1.c: one device in a group. */
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
          return sva.__iommuSvaBindDevice(
              dev, vfioMm.mm.deref(), vfioMm.pasid, IommuConst.IOMMU_SVA_FEAT_IOPF, drvdata(data));
        });
  }

  /** What the callback of a bond is given. */
  @PartOf("vfio_iommu_sva_bind_dev")
  protected Struct drvdata(VfioIommuSvaBindData data) {
    return data.iommu.deref();
  }

  /** {@code vfio_iommu_sva_unbind_dev} of drivers/vfio/vfio_iommu_type1.c. */
  public int vfioIommuSvaUnbindDev(Device dev, VfioMm vfioMm) {
    return engine.call(
        "vfio_iommu_sva_unbind_dev", () -> sva.__iommuSvaUnbindDevice(dev, vfioMm.pasid.get()));
  }

  /**
   * {@code vfio_iommu_bind_group} of drivers/vfio/vfio_iommu_type1.c: binds the only device of the
   * group; a second one is an error, which unbinds the first.
   */
  public int vfioIommuBindGroup(VfioIommu iommu, VfioGroup group, VfioMm vfioMm) {
    return engine.call(
        "vfio_iommu_bind_group",
        () -> {
          IommuGroup iommuGroup = group.iommuGroup.deref();
          boolean enabledSva = false;
          if (!group.svaEnabled.get()) {
            int initialised = initialiseSva(iommuGroup);
            if (initialised != 0) {
              return initialised;
            }
            group.svaEnabled.set(true);
            enabledSva = true;
          }
          VfioIommuSvaBindData data =
              engine.create(() -> new VfioIommuSvaBindData(engine, vfioMm, iommu));
          int ret =
              iommuCore.iommuGroupForEachDev(iommuGroup, dev -> vfioIommuSvaBindDev(dev, data));
          if (ret != 0 && unwinds(data)) {
            iommuCore.iommuGroupForEachDev(iommuGroup, dev -> vfioIommuSvaUnbindDev(dev, vfioMm));
          }
          if (ret != 0 && enabledSva) {
            iommuCore.iommuGroupForEachDev(iommuGroup, this::vfioIommuSvaShutdown);
            group.svaEnabled.set(false);
          }
          data.kfree();
          return ret;
        });
  }

  /** Whether the devices are unbound after an error: where there is more than one. */
  @PartOf("vfio_iommu_bind_group")
  protected boolean unwinds(VfioIommuSvaBindData data) {
    return data.count.get() > 1;
  }

  /** Switches SVA on for all devices of a group. */
  @PartOf("vfio_iommu_bind_group")
  protected int initialiseSva(IommuGroup iommuGroup) {
    return iommuCore.iommuGroupForEachDev(iommuGroup, this::vfioIommuSvaInit);
  }

  /** {@code vfio_iommu_unbind_group} of drivers/vfio/vfio_iommu_type1.c. */
  public void vfioIommuUnbindGroup(VfioGroup group, VfioMm vfioMm) {
    engine.run(
        "vfio_iommu_unbind_group",
        () ->
            iommuCore.iommuGroupForEachDev(
                group.iommuGroup.deref(), dev -> vfioIommuSvaUnbindDev(dev, vfioMm)));
  }

  /** {@code vfio_iommu_unbind} of drivers/vfio/vfio_iommu_type1.c: every group, bound or not. */
  public void vfioIommuUnbind(VfioIommu iommu, VfioMm vfioMm) {
    engine.run(
        "vfio_iommu_unbind",
        () -> {
          for (VfioDomain domain : iommu.domainList.entries()) {
            for (VfioGroup group : domain.groupList.entries()) {
              vfioIommuUnbindGroup(group, vfioMm);
            }
          }
        });
  }

  /**
   * {@code vfio_iommu_replay_bind} of drivers/vfio/vfio_iommu_type1.c: binds a new group to every
   * address space of the container that has not begun to exit.
   */
  public int vfioIommuReplayBind(VfioIommu iommu, VfioGroup group) {
    return engine.call(
        "vfio_iommu_replay_bind",
        () -> {
          for (VfioMm vfioMm : iommu.mmList.entries()) {
            MmStruct mm = replayGet(vfioMm);
            if (mm == null) {
              continue;
            }
            int ret = vfioIommuBindGroup(iommu, group, vfioMm);
            replayPut(mm);
            if (ret != 0) {
              for (VfioMm done : iommu.mmList.entriesContinueReverse(vfioMm.next)) {
                replayUndo(group, done);
              }
              return ret;
            }
          }
          return 0;
        });
  }

  /** The address space of a record, with a reference; null where it has begun to exit. */
  @PartOf("vfio_iommu_replay_bind")
  protected @Nullable MmStruct replayGet(VfioMm vfioMm) {
    MmStruct mm = vfioMm.mm.deref();
    return mmSubsystem.fork.mmgetNotZero(mm) ? mm : null;
  }

  /** Drops the reference, and leaves the end of the address space to a worker. */
  @PartOf("vfio_iommu_replay_bind")
  protected void replayPut(MmStruct mm) {
    mmSubsystem.fork.mmputAsync(mm);
  }

  /** Undoes what was done for one record, if anything was. */
  @PartOf("vfio_iommu_replay_bind")
  protected void replayUndo(VfioGroup group, VfioMm done) {
    vfioIommuUnbindGroup(group, done);
  }

  /** {@code vfio_iommu_free_all_mm} of drivers/vfio/vfio_iommu_type1.c: unbinds nothing. */
  public void vfioIommuFreeAllMm(VfioIommu iommu) {
    engine.run(
        "vfio_iommu_free_all_mm",
        () -> {
          for (VfioMm vfioMm : iommu.mmList.entriesSafe()) {
            freeVfioMm(vfioMm);
          }
          iommu.mmList.init();
        });
  }

  /** Shuts SVA down where it was switched on. */
  @PartOf("vfio_iommu_type1_detach_group")
  protected void disableSva(VfioGroup group, IommuGroup iommuGroup) {
    if (group.svaEnabled.get()) {
      iommuCore.iommuGroupForEachDev(iommuGroup, this::vfioIommuSvaShutdown);
      group.svaEnabled.set(false);
    }
  }

  /** The record of {@code mm}; null where there is none. */
  @PartOf({"vfio_iommu_type1_bind_process", "vfio_iommu_type1_unbind_process"})
  protected @Nullable VfioMm findVfioMm(VfioIommu iommu, MmStruct mm) {
    for (VfioMm vfioMm : iommu.mmList.entries()) {
      if (vfioMm.mm.pointsTo(mm)) {
        return vfioMm;
      }
    }
    return null;
  }

  /** A record of {@code mm}, which is not on the list yet. */
  @PartOf("vfio_iommu_type1_bind_process")
  protected VfioMm kzallocVfioMm(MmStruct mm) {
    VfioMm vfioMm = engine.create(() -> new VfioMm(engine));
    vfioMm.nameIt(mm.name());
    vfioMm.mm.set(mm);
    return vfioMm;
  }

  /** Puts a record on the list. */
  @PartOf("vfio_iommu_type1_bind_process")
  protected void listVfioMm(VfioIommu iommu, VfioMm vfioMm) {
    iommu.mmList.add(vfioMm.next);
  }

  /** Takes a record off the list. */
  @PartOf({
    "vfio_iommu_type1_bind_process",
    "vfio_iommu_type1_unbind_process",
    "vfio_iommu_mm_exit"
  })
  protected void unlistVfioMm(VfioIommu iommu, VfioMm vfioMm) {
    vfioMm.next.del();
  }

  /** Frees a record. */
  @PartOf({
    "vfio_iommu_type1_bind_process",
    "vfio_iommu_type1_unbind_process",
    "vfio_iommu_mm_exit",
    "vfio_iommu_free_all_mm"
  })
  protected void freeVfioMm(VfioMm vfioMm) {
    vfioMm.kfree();
  }

  /** {@code vfio_bus_type} of drivers/vfio/vfio_iommu_type1.c: one bus for the whole group. */
  public int vfioBusType(Device dev, BusPointer data) {
    return engine.call(
        "vfio_bus_type",
        () -> {
          BusType bus = data.bus.get();
          if (bus != null && bus != dev.bus) {
            return -Errno.EINVAL;
          }
          data.bus.set(dev.bus);
          return 0;
        });
  }

  /** What the handler is called with is its own affair. */
  @PartOf("iommu_signal_mm_exit")
  protected int mmExit(Device dev, int pasid, @Nullable Struct drvdata) {
    return vfioIommuMmExit(dev, pasid, (VfioIommu) notNull(drvdata));
  }

  /** What a callback follows that it was given; memory that came back may hold {@code NULL}. */
  protected final Struct notNull(@Nullable Struct drvdata) {
    if (drvdata == null) {
      throw KernelBug.of(
          FindingKind.NULL_DEREFERENCE,
          null,
          "data is NULL and is followed in vfio_iommu_mm_exit, called in " + engine.here());
    }
    return drvdata;
  }

  /** {@code vfio_iommu_mm_exit} as the handler that devices are initialised with. */
  private final class MmExit implements MmExitHandler {
    @Override
    public int mmExit(Device dev, int pasid, @Nullable Struct drvdata) {
      return VfioIommuSva.this.mmExit(dev, pasid, drvdata);
    }

    @Override
    public long canonicalHash() {
      return 0x5be0cd19137e2179L;
    }
  }
}
