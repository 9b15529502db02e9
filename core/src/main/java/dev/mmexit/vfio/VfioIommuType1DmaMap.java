package dev.mmexit.vfio;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Int;
import dev.mmexit.kernel.Struct;

/**
 * {@code struct vfio_iommu_type1_dma_map} and {@code struct vfio_iommu_type1_dma_unmap} of
 * include/uapi/linux/vfio.h. On the C stack: freeing it is the end of its scope.
 */
public final class VfioIommuType1DmaMap extends Struct {
  public final Int argsz = integer("argsz");
  public final Int flags = integer("flags");
  public final Int iova = integer("iova");

  /** One that nothing has been copied to. */
  public VfioIommuType1DmaMap(Engine engine) {
    super(engine, "vfio_iommu_type1_dma_map", "map", Storage.STACK);
  }
}
