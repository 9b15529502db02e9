package dev.mmexit.variant;

import com.google.auto.service.AutoService;
import dev.mmexit.iommu.ArmSmmuV3;
import dev.mmexit.iommu.Device;
import dev.mmexit.iommu.DmaIommu;
import dev.mmexit.iommu.IoPgfault;
import dev.mmexit.iommu.Iommu;
import dev.mmexit.iommu.IommuDomain;
import dev.mmexit.iommu.sva.IommuSva;
import dev.mmexit.kernel.Engine;
import dev.mmexit.mm.MmSubsystem;
import dev.mmexit.vfio.VfioIommuType1;

/**
 * The code as posted with what exploring it shows repaired, as far as the series itself is to
 * blame, in as few lines as it takes: what the findings' paragraphs on repairs ask for.
 *
 * <p>In vfio_iommu_type1.c:
 *
 * <ul>
 *   <li>The list of records has a spinlock of its own, held for list operations only, and the
 *       callback takes that one instead of the container's lock (findings 1, 5, 13, 16). For that
 *       reason the PASID of a listed record is not written again.
 *   <li>A replay drops the record of an address space that has begun to exit, as nothing may call
 *       back for it any more; and a record holds a reference to its {@code mm_struct} (4, 14).
 *   <li>SVA of a group is shut down before the group leaves its IOMMU domain, wherever it leaves
 *       one: in detach, in release and in every error path of attach (6, 8, and 9 as far as bonds
 *       go); release takes the container's lock (10).
 *   <li>Where SVA cannot be initialised on a device of a group, it is shut down on the others (15).
 * </ul>
 *
 * <p>In iommu-sva.c:
 *
 * <ul>
 *   <li>A bond is ended by the exit that is in its callback, whoever waits for it; who waits only
 *       waits (2).
 *   <li>What ends all bonds of a device begins again at the front of the list after each (3).
 *   <li>A mutex is held from the search for the {@code io_mm} of an address space to the end of its
 *       making (7).
 * </ul>
 *
 * <p>In arm-smmu-v3.c: it has a {@code detach_dev} (9).
 *
 * <p>Expected to be free of deadlocks, and clean but for what is left: the ioctl that finds a
 * container being released and the group on two lists, which are faults of vfio.c and older than
 * the patch (11, 12; for the former see {@code group-lock-ioctl}); page requests that outlive their
 * handler, which takes a change of how fault reporting is locked and when PRI is switched off (17);
 * the accounting of attach, which is mainline's (18); and a container that is released while
 * somebody uses it, which only the vfio layer can prevent (10).
 *
 * <p>Found: that, and no more. Every kind that is left in a scenario is of findings 10 to 12, 17
 * and 18, or it is {@code condition}: the scenario says that there is a final state which shows the
 * fault. fault-exit-detach-nodd-generic shows finding 17 where the code as posted does not, as SVA
 * is shut down there at all now.
 */
@AutoService(Variant.class)
public final class Fixed extends Variant {
  @Override
  public String name() {
    return "fixed";
  }

  @Override
  public String summary() {
    return "repairs of what the series is to blame for, in vfio_iommu_type1.c and iommu-sva.c";
  }

  @Override
  public IommuSva iommuSva(Engine engine, MmSubsystem mm, Iommu iommu, IoPgfault ioPgfault) {
    return new FixedIommuSva(engine, mm, iommu, ioPgfault);
  }

  @Override
  public ArmSmmuV3 armSmmuV3(Engine engine, IoPgfault ioPgfault, DmaIommu dmaIommu, IommuSva sva) {
    return new ArmSmmuV3(engine, ioPgfault, dmaIommu, sva) {
      @Override
      public boolean hasDetachDev() {
        return true;
      }

      @Override
      public void detachDev(IommuDomain domain, Device dev) {
        armSmmuDetachDev(dev);
      }
    };
  }

  @Override
  public VfioIommuType1 vfioIommuType1(
      Engine engine, MmSubsystem mm, Iommu iommu, DmaIommu dmaIommu, IommuSva sva) {
    return new FixedType1(engine, mm, iommu, dmaIommu, sva);
  }
}
