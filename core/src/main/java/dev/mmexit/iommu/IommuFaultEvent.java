package dev.mmexit.iommu;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Int;
import dev.mmexit.kernel.ListHead;
import dev.mmexit.kernel.Struct;

/** {@code struct iommu_fault_event} of include/linux/iommu.h: a page request without an answer. */
public final class IommuFaultEvent extends Struct {
  public final ListHead<IommuFaultEvent> list = listNode("list", this);
  public final Int pasid = integer("pasid");

  IommuFaultEvent(Engine engine) {
    super(engine, "iommu_fault_event", "evt");
  }
}
