package dev.mmexit.vfio;

import dev.mmexit.iommu.IommuGroup;
import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Flag;
import dev.mmexit.kernel.ListHead;
import dev.mmexit.kernel.Ref;
import dev.mmexit.kernel.Struct;

/** {@code struct vfio_group} of drivers/vfio/vfio_iommu_type1.c: a group in a container. */
public final class VfioGroup extends Struct {
  public final Ref<IommuGroup> iommuGroup = ref("iommu_group");
  public final ListHead<VfioGroup> next = listNode("next", this);
  public final Flag svaEnabled = flag("sva_enabled");

  /** A record of no group. */
  public VfioGroup(Engine engine) {
    super(engine, "vfio_group", "group");
  }
}
