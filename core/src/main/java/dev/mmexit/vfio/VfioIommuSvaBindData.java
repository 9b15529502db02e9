package dev.mmexit.vfio;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Int;
import dev.mmexit.kernel.Ref;
import dev.mmexit.kernel.Struct;

/**
 * {@code struct vfio_iommu_sva_bind_data} of drivers/vfio/vfio_iommu_type1.c. On the C stack:
 * freeing it is the end of its scope.
 */
public final class VfioIommuSvaBindData extends Struct {
  public final Ref<VfioMm> vfioMm = ref("vfio_mm");
  public final Ref<VfioIommu> iommu = ref("iommu");
  public final Int count = integer("count");

  /** Arguments for {@code vfio_iommu_sva_bind_dev}. */
  public VfioIommuSvaBindData(Engine engine, VfioMm vfioMm, VfioIommu iommu) {
    super(engine, "vfio_iommu_sva_bind_data", "data", Storage.STACK);
    this.vfioMm.set(vfioMm);
    this.iommu.set(iommu);
  }
}
