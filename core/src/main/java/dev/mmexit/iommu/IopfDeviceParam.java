package dev.mmexit.iommu;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Ref;
import dev.mmexit.kernel.Struct;

/** {@code struct iopf_device_param} of drivers/iommu/io-pgfault.c: a device on a fault queue. */
public final class IopfDeviceParam extends Struct {
  public final Ref<IopfQueue> queue = ref("queue");

  IopfDeviceParam(Engine engine) {
    super(engine, "iopf_device_param", "iopf_param");
  }
}
