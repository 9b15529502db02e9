package dev.mmexit.iommu;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Int;
import dev.mmexit.kernel.ListHead;
import dev.mmexit.kernel.Ref;
import dev.mmexit.kernel.Struct;

/**
 * {@code struct iommu_domain} of include/linux/iommu.h, which drivers embed in a struct of their
 * own: here that struct extends this one.
 */
public abstract class IommuDomain extends Struct {
  public final Int type = integer("domain.type");
  public final Ref<IommuOps> ops = ref("domain.ops");
  public final Ref<IommuDmaCookie> iovaCookie = ref("domain.iova_cookie");
  public final ListHead<IommuBond> mmList = listHead("domain.mm_list");

  /** The name of the group that it was allocated for, for fault injection; never changes later. */
  String allocatedFor = "";

  /** A domain in a struct of the given type. */
  protected IommuDomain(Engine engine, String type, String variable) {
    super(engine, type, variable);
  }
}
