package dev.mmexit.variant;

import com.google.auto.service.AutoService;
import dev.mmexit.iommu.Device;
import dev.mmexit.iommu.DmaIommu;
import dev.mmexit.iommu.IoMm;
import dev.mmexit.iommu.IoPgfault;
import dev.mmexit.iommu.Iommu;
import dev.mmexit.iommu.IommuBond;
import dev.mmexit.iommu.sva.IommuSva;
import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.SpinLock;
import dev.mmexit.kernel.Struct;
import dev.mmexit.mm.MmStruct;
import dev.mmexit.mm.MmSubsystem;
import dev.mmexit.mm.MmuNotifier;
import dev.mmexit.vfio.VfioGroup;
import dev.mmexit.vfio.VfioIommuSvaBindData;
import dev.mmexit.vfio.VfioIommuType1;
import dev.mmexit.vfio.VfioMm;
import org.jspecify.annotations.Nullable;

/**
 * As in the first version of the series, as far as the callback goes. The SVA core calls {@code
 * mm_exit} with its own spinlock held, so that unbinding need not wait for it, and ends the bond at
 * once. {@code vfio_iommu_mm_exit} is given the record, and only clears the record's pointer to the
 * address space, under a spinlock of the record: the record stays, as a tombstone, until the last
 * group leaves. A replay tests the pointer under that spinlock, and its unwinding takes a reference
 * again. The exit does not flush the faults of the device, as that would sleep.
 *
 * <p>Answers whether the first version had the deadlocks of the second, whose change log says that
 * {@code mm_exit} was simplified.
 *
 * <p>Expected: no deadlock, and no translation left when the page tables go, as all that ends a
 * bond happens under one spinlock. A record that no callback reaches is as stale as in the second
 * version (finding 4). Tombstones pile up in a container that processes come to and go from.
 *
 * <p>Found: so it is. No scenario has a deadlock or a {@code dangling-translation}, and no walk
 * goes on in freed bonds: findings 1, 2, 3, 5, 13 and 16 are of the second version. Stale records
 * stay as they are (finding 4 and its sequels), and so does all that comes of a missing default
 * domain (9), where the callback now uses the record that {@code vfio_iommu_free_all_mm} has freed,
 * and not the container ({@code use-after-free} in conf-30). New is a {@code data-race}: BIND and
 * UNBIND compare a record's pointer to the address space with their own under the container's lock
 * alone, while the exit of another process clears it under the record's and the SVA lock. It is
 * harmless where a pointer is read at once: the exiting process is not the one that is looked for.
 * In exit-bind-unbind-reuse and five more a BIND walks past the record of a process that exits; in
 * exec-rebind-vs-attach the exit is that of the process's own old address space, by a worker. As
 * the callback frees nothing, it cannot free a record twice while a container is released ({@code
 * double-free} and {@code list-corruption} of exit-vs-close), and as it takes no mutex, the
 * accounting of pinned pages does not meet itself ({@code lock-misuse} of exit-vs-pin). That
 * tombstones pile up is no finding of any kind, as the container reaches them.
 */
@AutoService(Variant.class)
public final class V1Tombstone extends Variant {
  @Override
  public String name() {
    return "v1-tombstone";
  }

  @Override
  public String summary() {
    return "as in the first version of the series: mm_exit under the SVA lock only clears its record";
  }

  @Override
  public IommuSva iommuSva(Engine engine, MmSubsystem mm, Iommu iommu, IoPgfault ioPgfault) {
    return new Sva(engine, mm, iommu, ioPgfault);
  }

  @Override
  public VfioIommuType1 vfioIommuType1(
      Engine engine, MmSubsystem mm, Iommu iommu, DmaIommu dmaIommu, IommuSva sva) {
    return new Type1(engine, mm, iommu, dmaIommu, sva);
  }

  /** drivers/iommu/iommu-sva.c. */
  private static final class Sva extends IommuSva {
    Sva(Engine engine, MmSubsystem mm, Iommu iommu, IoPgfault ioPgfault) {
      super(engine, mm, iommu, ioPgfault);
    }

    /** Nobody is in {@code mm_exit} who does not hold the lock. */
    @Override
    public void ioMmDetachLocked(IommuBond bond, boolean wait) {
      engine.run(
          "io_mm_detach_locked",
          () -> {
            endBond(bond);
            bond.kfree();
          });
    }

    @Override
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
            for (IommuBond bond : ioMm.devices.entriesSafe()) {
              if (iommuSignalMmExit(bond) != 0) {
                engine.warn(bond, "mm_exit of bond " + bond.name() + " failed");
              }
              ioMmDetachLocked(bond, false);
            }
            globals.iommuSvaLock.unlock();
            ioMmPut(ioMm);
          });
    }
  }

  /** {@code struct vfio_mm} with a lock. */
  private static final class Entry extends VfioMm {
    /** Protects {@code mm}. */
    final SpinLock lock = spinLock("lock");

    Entry(Engine engine) {
      super(engine);
    }
  }

  /** drivers/vfio/vfio_iommu_type1.c. */
  private static final class Type1 extends VfioIommuType1 {
    Type1(Engine engine, MmSubsystem mm, Iommu iommu, DmaIommu dmaIommu, IommuSva sva) {
      super(engine, mm, iommu, dmaIommu, sva);
    }

    @Override
    protected VfioMm kzallocVfioMm(MmStruct mm) {
      VfioMm vfioMm = engine.create(() -> new Entry(engine));
      vfioMm.nameIt(mm.name());
      vfioMm.mm.set(mm);
      return vfioMm;
    }

    @Override
    protected Struct drvdata(VfioIommuSvaBindData data) {
      return data.vfioMm.deref();
    }

    @Override
    protected int mmExit(Device dev, int pasid, @Nullable Struct drvdata) {
      return vfioIommuMmExit((Entry) notNull(drvdata));
    }

    /** {@code vfio_iommu_mm_exit}: runs under a spinlock, so that it cannot take the mutex. */
    private int vfioIommuMmExit(Entry vfioMm) {
      return engine.call(
          "vfio_iommu_mm_exit",
          () -> {
            vfioMm.lock.lock();
            vfioMm.mm.set(null);
            vfioMm.lock.unlock();
            return 0;
          });
    }

    @Override
    protected @Nullable MmStruct replayGet(VfioMm vfioMm) {
      SpinLock lock = ((Entry) vfioMm).lock;
      lock.lock();
      MmStruct mm = vfioMm.mm.get();
      if (mm != null && !mmSubsystem.fork.mmgetNotZero(mm)) {
        mm = null;
      }
      lock.unlock();
      return mm;
    }

    @Override
    protected void replayUndo(VfioGroup group, VfioMm done) {
      MmStruct mm = replayGet(done);
      if (mm != null) {
        vfioIommuUnbindGroup(group, done);
        mmSubsystem.fork.mmputAsync(mm);
      }
    }
  }
}
