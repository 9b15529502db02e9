package dev.mmexit.iommu;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Flag;
import dev.mmexit.kernel.ListHead;
import dev.mmexit.kernel.Mutex;
import dev.mmexit.kernel.Ref;
import dev.mmexit.kernel.SpinLock;

/** {@code struct arm_smmu_domain} of drivers/iommu/arm-smmu-v3.c. */
public final class ArmSmmuDomain extends IommuDomain {
  public final Mutex initMutex = mutex("init_mutex");

  /** {@code smmu}: the SMMU, by its driver; {@code NULL} until the first device is attached. */
  public final Ref<ArmSmmuV3> smmu = ref("smmu");

  /** Whether {@code stage} is {@code ARM_SMMU_DOMAIN_NESTED} and not {@code ARM_SMMU_DOMAIN_S1}. */
  public final Flag nested = flag("stage");

  public final ListHead<ArmSmmuMasterData> devices = listHead("devices");
  public final SpinLock devicesLock = spinLock("devices_lock");
  public final PasidTable pasidTable = new PasidTable(this, "pasid_table");

  ArmSmmuDomain(Engine engine) {
    super(engine, "arm_smmu_domain", "smmu_domain");
  }
}
