package dev.mmexit.iommu;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Int;
import dev.mmexit.kernel.ListHead;
import dev.mmexit.kernel.Ref;
import dev.mmexit.kernel.Struct;

/** {@code struct iommu_sva_param} of include/linux/iommu.h: a device that shares address spaces. */
public final class IommuSvaParam extends Struct {
  public final Int features = integer("features");
  public final Int minPasid = integer("min_pasid");
  public final Int maxPasid = integer("max_pasid");
  public final ListHead<IommuBond> mmList = listHead("mm_list");
  public final Ref<MmExitHandler> mmExit = ref("mm_exit");

  /** A parameter block with nothing filled in. */
  public IommuSvaParam(Engine engine) {
    super(engine, "iommu_sva_param", "sva_param");
  }
}
