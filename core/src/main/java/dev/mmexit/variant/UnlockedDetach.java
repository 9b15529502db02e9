package dev.mmexit.variant;

import com.google.auto.service.AutoService;
import dev.mmexit.iommu.DmaIommu;
import dev.mmexit.iommu.Iommu;
import dev.mmexit.iommu.IommuGroup;
import dev.mmexit.iommu.sva.IommuSva;
import dev.mmexit.kernel.Engine;
import dev.mmexit.mm.MmSubsystem;
import dev.mmexit.vfio.VfioDomain;
import dev.mmexit.vfio.VfioGroup;
import dev.mmexit.vfio.VfioIommu;
import dev.mmexit.vfio.VfioIommuType1;

/**
 * {@code vfio_iommu_type1_detach_group} drops the container's lock while the group leaves its IOMMU
 * domain and its SVA is shut down, and takes it again for the rest.
 *
 * <p>The first thing that comes to mind against the deadlock of exit and detach (finding 1): the
 * detach does not hold what the callback wants.
 *
 * <p>Expected: no deadlock of exit and detach. But the group is still on the list meanwhile, for
 * whoever takes the lock.
 */
@AutoService(Variant.class)
public final class UnlockedDetach extends Variant {
  @Override
  public String name() {
    return "unlocked-detach";
  }

  @Override
  public String summary() {
    return "detach_group drops the container lock around leaving the IOMMU domain";
  }

  @Override
  public VfioIommuType1 vfioIommuType1(
      Engine engine, MmSubsystem mm, Iommu iommu, DmaIommu dmaIommu, IommuSva sva) {
    return new VfioIommuType1(engine, mm, iommu, dmaIommu, sva) {
      @Override
      protected void leaveDomain(
          VfioIommu container, VfioDomain domain, VfioGroup group, IommuGroup iommuGroup) {
        container.lock.unlock();
        super.leaveDomain(container, domain, group, iommuGroup);
        container.lock.lock();
      }
    };
  }
}
