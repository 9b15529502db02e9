package dev.mmexit.variant;

import com.google.auto.service.AutoService;
import dev.mmexit.iommu.DmaIommu;
import dev.mmexit.iommu.Iommu;
import dev.mmexit.iommu.sva.IommuSva;
import dev.mmexit.kernel.Engine;
import dev.mmexit.mm.MmSubsystem;
import dev.mmexit.vfio.VfioIommuSvaBindData;
import dev.mmexit.vfio.VfioIommuType1;

/**
 * {@code vfio_iommu_bind_group} unbinds the devices of the group after any error, not only where it
 * has visited more than one.
 *
 * <p>Asked in the review of the patch: is it safe to do this also when only one device was visited?
 * Then the special case could go. The author answered that the PASID may be -1 then, or one that is
 * valid for other devices: a grey area.
 *
 * <p>Expected: no difference.
 *
 * <p>Found: no difference, in no verdict, finding or final state of any scenario: see the document
 * on the reviewers' questions.
 */
@AutoService(Variant.class)
public final class UnconditionalUnwind extends Variant {
  @Override
  public String name() {
    return "unconditional-unwind";
  }

  @Override
  public String summary() {
    return "bind_group unbinds its devices after any error";
  }

  @Override
  public VfioIommuType1 vfioIommuType1(
      Engine engine, MmSubsystem mm, Iommu iommu, DmaIommu dmaIommu, IommuSva sva) {
    return new VfioIommuType1(engine, mm, iommu, dmaIommu, sva) {
      @Override
      protected boolean unwinds(VfioIommuSvaBindData data) {
        return true;
      }
    };
  }
}
