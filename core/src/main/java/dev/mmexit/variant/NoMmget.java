package dev.mmexit.variant;

import com.google.auto.service.AutoService;
import dev.mmexit.iommu.DmaIommu;
import dev.mmexit.iommu.Iommu;
import dev.mmexit.iommu.sva.IommuSva;
import dev.mmexit.kernel.Engine;
import dev.mmexit.mm.MmStruct;
import dev.mmexit.mm.MmSubsystem;
import dev.mmexit.vfio.VfioIommuType1;
import dev.mmexit.vfio.VfioMm;

/**
 * {@code vfio_iommu_replay_bind} takes no reference to the address spaces that it binds, and does
 * not ask whether they have begun to exit.
 *
 * <p>Answers what the reference is for. The comment in the patch says: so that the address space
 * does not exit while it is bound to the new group.
 *
 * <p>Expected: bonds with address spaces that are going away, which nothing ends; and callbacks
 * that begin while the replay holds the container's lock.
 *
 * <p>Found: an exit that has its walk over the bonds behind it finds no bond that is made later,
 * and frees the page tables while the device of the new group reaches them ({@code
 * dangling-translation}). In exit-vs-attach-multidev the unwinding of {@code vfio_iommu_bind_group}
 * waits, with the container's lock, for a callback that wants it ({@code deadlock}), as no
 * reference keeps that from running. On the other hand an address space that has begun to exit and
 * is bound all the same gets its callback through the new bond: no record becomes stale, and what
 * follows from finding 4 is gone, {@code missing-bond} of a record whose memory came back included.
 * Three scenarios ask in their condition for a final state with a stale record, which there is no
 * more ({@code condition} in exit-attach-detach). Nor is the end of an address space left to a
 * worker: in open-exit-vs-attach the exit has called back before it closes the container, where the
 * worker of the code as posted calls back while the container is released.
 */
@AutoService(Variant.class)
public final class NoMmget extends Variant {
  @Override
  public String name() {
    return "no-mmget";
  }

  @Override
  public String summary() {
    return "replay_bind takes no reference to the address space";
  }

  @Override
  public VfioIommuType1 vfioIommuType1(
      Engine engine, MmSubsystem mm, Iommu iommu, DmaIommu dmaIommu, IommuSva sva) {
    return new VfioIommuType1(engine, mm, iommu, dmaIommu, sva) {
      @Override
      protected MmStruct replayGet(VfioMm vfioMm) {
        return vfioMm.mm.deref();
      }

      @Override
      protected void replayPut(MmStruct mmStruct) {
        // Nothing was taken.
      }
    };
  }
}
