package dev.mmexit.vfio;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Int;
import dev.mmexit.kernel.Struct;

/**
 * {@code struct vfio_iommu_type1_bind} of include/uapi/linux/vfio.h. On the C stack: freeing it is
 * the end of its scope.
 */
public final class VfioIommuType1Bind extends Struct {
  public final Int argsz = integer("argsz");
  public final Int flags = integer("flags");

  /** One that nothing has been copied to. */
  public VfioIommuType1Bind(Engine engine) {
    super(engine, "vfio_iommu_type1_bind", "bind", Storage.STACK);
  }
}
