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
 *
 * <p>Found: the deadlock of the two is gone, but a third brings it back. The detach waits for the
 * callback with the group's mutex held; a BIND of another process takes the container's lock, which
 * the callback wants, and waits for that mutex (conf-41, slub-exit-bind-detach). The deadlocks of
 * an attach and of accounting (findings 5 and 16) are as they were. And there is much else. While
 * the lock is free the group is on the list without being in the container's IOMMU domain. A BIND
 * binds it again, and the detach takes it off the list with its bond ({@code leaked-bond}, {@code
 * leaked-sva-param}, {@code wrong-access}), or shuts SVA down between the two steps of the BIND
 * ({@code warning}: it is bound without {@code sva_param}); both use {@code sva_enabled} ({@code
 * data-race}). Two detaches of one group both find it, and the second uses what the first has freed
 * ({@code use-after-free} in detach-vs-detach). An attach walks the records while the bonds have
 * ended that kept their {@code mm_struct} ({@code use-after-free} in exit-attach-detach). And as
 * finding 2 has said of any repair of finding 1 alone, page tables are freed early where the
 * deadlock came before ({@code dangling-translation} in exit-vs-detach-2g). To drop the lock the
 * group has to be taken off the list first, and that does not do alone.
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
