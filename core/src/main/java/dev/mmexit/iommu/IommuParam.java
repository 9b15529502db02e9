package dev.mmexit.iommu;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Mutex;
import dev.mmexit.kernel.Ref;
import dev.mmexit.kernel.Struct;

/** {@code struct iommu_param} of include/linux/iommu.h: what the IOMMU core keeps for a device. */
public final class IommuParam extends Struct {
  public final Mutex lock = mutex("lock");
  public final Ref<IommuFaultParam> faultParam = ref("fault_param");
  public final Ref<IommuSvaParam> svaParam = ref("sva_param");
  public final Ref<IopfDeviceParam> iopfParam = ref("iopf_param");

  IommuParam(Engine engine) {
    super(engine, "iommu_param", "param");
  }
}
