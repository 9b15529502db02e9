package dev.mmexit.iommu.sva;

import static dev.mmexit.iommu.IommuConst.IOMMU_SVA_FEAT_IOPF;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.iommu.Device;
import dev.mmexit.iommu.IommuGroup;
import dev.mmexit.iommu.IommuSvaParam;
import dev.mmexit.mm.MmStruct;
import dev.mmexit.support.Handlers;
import dev.mmexit.support.Trace;
import dev.mmexit.support.World;
import org.junit.jupiter.api.Test;

/** {@code iommu_sva_device_init} and {@code iommu_sva_device_shutdown}. */
class DeviceInitTest {
  private final World world = new World();
  private final IommuSva sva = world.sva();
  private final Device d0 = world.group("G0", "D0").devices().get(0);

  private Trace init(Device dev, int features, int maxPasid) {
    return world.record(() -> sva.iommuSvaDeviceInit(dev, features, maxPasid, Handlers.NOTHING));
  }

  private Trace shutdown(Device dev) {
    return world.record(() -> sva.iommuSvaDeviceShutdown(dev));
  }

  private static Device only(IommuGroup group) {
    return group.devices().get(0);
  }

  @Test
  void publishesTheParametersLast() {
    world.watch("sva_param", "fault_param", "iopf_param");

    assertThat(init(d0, IOMMU_SVA_FEAT_IOPF, 0))
        .returned(0)
        .follows(
            """
            iommu_sva_device_init
              iommu_get_domain_for_dev
              iommu_register_device_fault_handler
                mutex_lock param->lock
                kzalloc iommu_fault_param
                param->fault_param = iommu_fault_param D0
                mutex_unlock param->lock
              kzalloc iommu_sva_param
              arm_smmu_sva_init
                iopf_queue_add_device
                  kzalloc iopf_device_param
                  mutex_lock param->lock
                  param->iopf_param = iopf_device_param D0
                  mutex_unlock param->lock
              mutex_lock param->lock
              param->sva_param = iommu_sva_param D0
              mutex_unlock param->lock
            """);
    IommuSvaParam param = d0.iommuParam.svaParam.now();
    assertThat(param.features.now()).isEqualTo(IOMMU_SVA_FEAT_IOPF);
    assertThat(param.minPasid.now()).isEqualTo(1);
    assertThat(param.maxPasid.now()).isEqualTo(15);
    assertThat(param.mmExit.now()).isEqualTo(Handlers.NOTHING);
    assertThat(param.mmList.now()).isEmpty();
  }

  @Test
  void takesTheLowerLimitOfCallerAndDevice() {
    init(d0, 0, 7);
    assertThat(d0.iommuParam.svaParam.now().maxPasid.now()).isEqualTo(7);

    Device d1 = only(world.group("G1", "D1"));
    init(d1, 0, 100);
    assertThat(d1.iommuParam.svaParam.now().maxPasid.now()).isEqualTo(15);
  }

  @Test
  void registersNoFaultHandlerThatIsNotAskedFor() {
    assertThat(init(d0, 0, 0))
        .returned(0)
        .follows(
            """
            iommu_sva_device_init
              iommu_get_domain_for_dev
              kzalloc iommu_sva_param
              arm_smmu_sva_init
              mutex_lock param->lock
              mutex_unlock param->lock
            """);
  }

  @Test
  void needsADomain() {
    Device bare = only(world.group("G1", World.NO_DEFAULT_DOMAIN, "D1"));

    assertThat(init(bare, 2, 0))
        .follows(
            """
            iommu_sva_device_init: -ENODEV
              iommu_get_domain_for_dev
            """);
  }

  @Test
  void knowsNoOtherFeature() {
    assertThat(init(d0, 3, 0))
        .follows(
            """
            iommu_sva_device_init: -EINVAL
              iommu_get_domain_for_dev
            """);
  }

  @Test
  void returnsTheErrorOfTheFaultHandlerAtOnce() {
    world.iommu().iommuRegisterDeviceFaultHandler(d0, Handlers.NO_FAULTS);

    assertThat(init(d0, IOMMU_SVA_FEAT_IOPF, 0))
        .follows(
            """
            iommu_sva_device_init: -EBUSY
              iommu_get_domain_for_dev
              iommu_register_device_fault_handler: -EBUSY
                mutex_lock param->lock
                mutex_unlock param->lock
            """);
    assertThat(d0.iommuParam.faultParam.now()).isNotNull();
  }

  @Test
  void freesTheParametersOfADeviceThatCannotFault() {
    Device d1 = only(world.group("G1", World.NO_SVA, "D1"));

    assertThat(init(d1, IOMMU_SVA_FEAT_IOPF, 0))
        .follows(
            """
            iommu_sva_device_init: -ENODEV
              iommu_get_domain_for_dev
              iommu_register_device_fault_handler
                mutex_lock param->lock
                kzalloc iommu_fault_param
                mutex_unlock param->lock
              kzalloc iommu_sva_param
              arm_smmu_sva_init: -ENODEV
              kfree iommu_sva_param D1
              iommu_unregister_device_fault_handler
                mutex_lock param->lock
                kfree iommu_fault_param D1
                mutex_unlock param->lock
            """);
  }

  @Test
  void freesTheParametersOfADeviceThatIsOnAFaultQueue() {
    init(d0, IOMMU_SVA_FEAT_IOPF, 0);
    world.iommu().iommuUnregisterDeviceFaultHandler(d0);

    assertThat(init(d0, IOMMU_SVA_FEAT_IOPF, 0))
        .follows(
            """
            iommu_sva_device_init: -EINVAL
              iommu_get_domain_for_dev
              iommu_register_device_fault_handler ...
              kzalloc iommu_sva_param
              arm_smmu_sva_init: -EINVAL
                iopf_queue_add_device: -EINVAL
                  kzalloc iopf_device_param
                  mutex_lock param->lock
                  mutex_unlock param->lock
                  kfree iopf_device_param D0
              kfree iommu_sva_param D0
              iommu_unregister_device_fault_handler
                mutex_lock param->lock
                kfree iommu_fault_param D0
                mutex_unlock param->lock
            """);
  }

  /** No error label asks which features there are: the first user loses its fault handling. */
  @Test
  void undoesEverythingWhenThereAreParametersAlready() {
    init(d0, IOMMU_SVA_FEAT_IOPF, 0);
    IommuSvaParam first = d0.iommuParam.svaParam.now();

    assertThat(init(d0, 0, 0))
        .follows(
            """
            iommu_sva_device_init: -EEXIST
              iommu_get_domain_for_dev
              kzalloc iommu_sva_param
              arm_smmu_sva_init
              mutex_lock param->lock
              mutex_unlock param->lock
              arm_smmu_sva_shutdown
                iopf_queue_remove_device
                  mutex_lock param->lock
                  mutex_unlock param->lock
                  kfree iopf_device_param D0
              kfree iommu_sva_param D0
              iommu_unregister_device_fault_handler
                mutex_lock param->lock
                kfree iommu_fault_param D0
                mutex_unlock param->lock
            """);
    assertThat(d0.iommuParam.svaParam.now()).isEqualTo(first);
  }

  @Test
  void shutsDownWhatWasInitialised() {
    init(d0, IOMMU_SVA_FEAT_IOPF, 0);
    world.watch("sva_param", "iopf_param", "fault_param");

    assertThat(shutdown(d0))
        .returned(0)
        .follows(
            """
            iommu_sva_device_shutdown
              iommu_get_domain_for_dev
              __iommu_sva_unbind_dev_all
                iopf_queue_flush_dev
                  mutex_lock param->lock
                  mutex_unlock param->lock
                spin_lock iommu_sva_lock
                spin_unlock iommu_sva_lock
              mutex_lock param->lock
              param->sva_param = null
              mutex_unlock param->lock
              arm_smmu_sva_shutdown
                iopf_queue_remove_device
                  mutex_lock param->lock
                  param->iopf_param = null
                  mutex_unlock param->lock
                  kfree iopf_device_param D0
              kfree iommu_sva_param D0
              iommu_unregister_device_fault_handler
                mutex_lock param->lock
                kfree iommu_fault_param D0
                param->fault_param = null
                mutex_unlock param->lock
            """);
  }

  @Test
  void hasNothingToShutDownTheSecondTime() {
    init(d0, IOMMU_SVA_FEAT_IOPF, 0);
    shutdown(d0);

    assertThat(shutdown(d0))
        .follows(
            """
            iommu_sva_device_shutdown: -ENODEV
              iommu_get_domain_for_dev
              __iommu_sva_unbind_dev_all
                iopf_queue_flush_dev: -ENODEV
                  mutex_lock param->lock
                  mutex_unlock param->lock
              mutex_lock param->lock
              mutex_unlock param->lock
            """);
  }

  @Test
  void doesNothingForADeviceWithoutADomain() {
    init(d0, IOMMU_SVA_FEAT_IOPF, 0);
    d0.iommuGroup.domain.set(null);

    assertThat(shutdown(d0))
        .follows(
            """
            iommu_sva_device_shutdown: -ENODEV
              iommu_get_domain_for_dev
            """);
    assertThat(d0.iommuParam.svaParam.now()).isNotNull();
    assertThat(d0.iommuParam.faultParam.now()).isNotNull();
  }

  @Test
  void endsBondsBeforeTheParametersGo() {
    init(d0, IOMMU_SVA_FEAT_IOPF, 0);
    MmStruct mm = world.process("P0", 100).mm.now();
    sva.__iommuSvaBindDevice(d0, mm, world.pasid(), 0, null);

    assertThat(shutdown(d0))
        .returned(0)
        .follows(
            """
            iommu_sva_device_shutdown
              iommu_get_domain_for_dev
              __iommu_sva_unbind_dev_all
                iopf_queue_flush_dev ...
                spin_lock iommu_sva_lock
                io_mm_detach_locked ...
                spin_unlock iommu_sva_lock
              mutex_lock param->lock
              mutex_unlock param->lock
              arm_smmu_sva_shutdown ...
              kfree iommu_sva_param D0
              iommu_unregister_device_fault_handler ...
            """);
  }
}
