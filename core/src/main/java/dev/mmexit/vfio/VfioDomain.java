package dev.mmexit.vfio;

import dev.mmexit.iommu.IommuDomain;
import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Int;
import dev.mmexit.kernel.ListHead;
import dev.mmexit.kernel.Ref;
import dev.mmexit.kernel.Struct;

/** {@code struct vfio_domain} of drivers/vfio/vfio_iommu_type1.c: groups that share a domain. */
public final class VfioDomain extends Struct {
  public final Ref<IommuDomain> domain = ref("domain");
  public final ListHead<VfioDomain> next = listNode("next", this);
  public final ListHead<VfioGroup> groupList = listHead("group_list");
  public final Int prot = integer("prot");

  /** A record of no domain. */
  public VfioDomain(Engine engine) {
    super(engine, "vfio_domain", "domain");
  }
}
