package dev.mmexit.iommu;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Struct;

/** {@code struct iommu_fault_param} of include/linux/iommu.h: a fault handler is registered. */
public final class IommuFaultParam extends Struct {
  IommuFaultParam(Engine engine) {
    super(engine, "iommu_fault_param", "fault_param");
  }
}
