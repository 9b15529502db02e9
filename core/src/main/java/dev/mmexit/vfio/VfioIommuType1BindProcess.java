package dev.mmexit.vfio;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Int;
import dev.mmexit.kernel.Struct;

/**
 * {@code struct vfio_iommu_type1_bind_process} of include/uapi/linux/vfio.h. On the C stack:
 * freeing it is the end of its scope.
 */
public final class VfioIommuType1BindProcess extends Struct {
  public final Int flags = integer("flags");
  public final Int pasid = integer("pasid");
  public final Int pid = integer("pid");

  /** One that nothing has been copied to. */
  public VfioIommuType1BindProcess(Engine engine) {
    super(engine, "vfio_iommu_type1_bind_process", "params", Storage.STACK);
  }
}
