package dev.mmexit.iommu;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.ListHead;
import dev.mmexit.kernel.Mutex;
import dev.mmexit.kernel.Ref;
import dev.mmexit.kernel.Struct;

/** {@code struct iommu_fault_param} of include/linux/iommu.h: a fault handler is registered. */
public final class IommuFaultParam extends Struct {
  public final Mutex lock = mutex("lock");
  public final Ref<IommuDevFaultHandler> handler = ref("handler");

  /** The page requests that have been reported and not been answered. */
  public final ListHead<IommuFaultEvent> faults = listHead("faults");

  IommuFaultParam(Engine engine) {
    super(engine, "iommu_fault_param", "fault_param");
  }
}
