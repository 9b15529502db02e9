package dev.mmexit.iommu;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Int;
import dev.mmexit.kernel.Ref;
import dev.mmexit.kernel.Struct;

/**
 * {@code struct iopf_group} of drivers/iommu/io-pgfault.c: page requests that are answered
 * together. Here there is one in each.
 */
public final class IopfGroup extends Struct {
  public final Ref<Device> dev = ref("dev");
  public final Int pasid = integer("last_fault.pasid");

  IopfGroup(Engine engine) {
    super(engine, "iopf_group", "group");
  }
}
