package dev.mmexit.iommu;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Flag;
import dev.mmexit.kernel.ListHead;
import dev.mmexit.kernel.Ref;
import dev.mmexit.kernel.Struct;

/** {@code struct arm_smmu_master_data} of drivers/iommu/arm-smmu-v3.c: a device behind an SMMU. */
public final class ArmSmmuMasterData extends Struct {
  public final Ref<ArmSmmuDomain> domain = ref("domain");
  public final ListHead<ArmSmmuMasterData> list = listNode("list", this);
  public final Flag steAssigned = flag("ste.assigned");

  /** The stream table entry in memory: where the SMMU finds the PASID table of the device. */
  public final Ref<ArmSmmuDomain> ste = ref("ste");

  ArmSmmuMasterData(Engine engine) {
    super(engine, "arm_smmu_master_data", "master", Storage.STATIC);
  }
}
