package dev.mmexit.iommu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.kernel.ErrPtr;
import dev.mmexit.kernel.Errno;
import dev.mmexit.mm.MmStruct;
import dev.mmexit.support.Trace;
import dev.mmexit.support.World;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** drivers/iommu/arm-smmu-v3.c: the order in which a device changes domains, and the SVA ops. */
class ArmSmmuV3Test {
  private final World world = new World();
  private final ArmSmmuV3 smmu = world.failingSmmu();
  private final IommuGroup g0 = world.group("G0", smmu, "D0");
  private final Device d0 = g0.devices().get(0);

  private ArmSmmuDomain alloc() {
    return (ArmSmmuDomain) Objects.requireNonNull(world.iommu().iommuDomainAlloc(d0.bus));
  }

  private Trace attach(IommuDomain domain, Device dev) {
    return world.record(() -> smmu.attachDev(domain, dev));
  }

  private IommuSvaParam param(int features) {
    IommuSvaParam param = new IommuSvaParam(world.engine());
    param.features.set(features);
    return param;
  }

  @Test
  void leavesTheOldDomainBeforeItTakesTheMutexOfTheNew() {
    world.watch("ste.assigned", "ste", "domain");

    assertThat(attach(alloc(), d0))
        .returned(0)
        .follows(
            """
            arm_smmu_attach_dev
              arm_smmu_detach_dev
                __iommu_sva_unbind_dev_all
                  iopf_queue_flush_dev: -ENODEV
                    mutex_lock param->lock
                    mutex_unlock param->lock
                spin_lock smmu_domain->devices_lock
                list_del arm_smmu_master_data D0 from list
                spin_unlock smmu_domain->devices_lock
                master->domain = null
                master->ste.assigned = false
                master->ste = null
              mutex_lock smmu_domain->init_mutex
              master->ste.assigned = true
              master->domain = arm_smmu_domain
              spin_lock smmu_domain->devices_lock
              list_add arm_smmu_master_data D0 to smmu_domain->devices
              spin_unlock smmu_domain->devices_lock
              master->ste = arm_smmu_domain
              mutex_unlock smmu_domain->init_mutex
            """);
  }

  @Test
  void hasNothingToLeaveTheFirstTime() {
    IommuGroup bare = world.group("G1", World.NO_DEFAULT_DOMAIN, "D1");

    assertThat(attach(alloc(), bare.devices().get(0)))
        .returned(0)
        .follows(
            """
            arm_smmu_attach_dev
              mutex_lock smmu_domain->init_mutex
              spin_lock smmu_domain->devices_lock
              list_add arm_smmu_master_data D1 to smmu_domain->devices
              spin_unlock smmu_domain->devices_lock
              mutex_unlock smmu_domain->init_mutex
            """);
  }

  @Test
  void refusesTheDomainOfAnotherSmmuWithTheOldOneLeft() {
    ArmSmmuDomain domain = alloc();
    ArmSmmuV3 other = world.failingSmmu();
    other.attachDev(domain, world.group("G1", other, "D1").devices().get(0));

    assertThat(attach(domain, d0))
        .follows(
            """
            arm_smmu_attach_dev: -ENXIO
              arm_smmu_detach_dev ...
              mutex_lock smmu_domain->init_mutex
              mutex_unlock smmu_domain->init_mutex
            """);
    assertThat(d0.iommuPriv.domain.now()).isNull();
    assertThat(d0.iommuPriv.steAssigned.now()).isFalse();
  }

  @Test
  void hasNestedDomainsUntilADeviceIsAttached() {
    ArmSmmuDomain domain = alloc();

    assertThat(world.record(() -> smmu.domainSetNesting(domain)))
        .returned(0)
        .follows(
            """
            arm_smmu_domain_set_attr
              mutex_lock smmu_domain->init_mutex
              mutex_unlock smmu_domain->init_mutex
            """);
    assertThat(domain.nested.now()).isTrue();
    ArmSmmuDomain inUse = alloc();
    attach(inUse, d0);
    assertThat(world.record(() -> smmu.domainSetNesting(inUse)))
        .follows(
            """
            arm_smmu_domain_set_attr: -EPERM
              mutex_lock smmu_domain->init_mutex
              mutex_unlock smmu_domain->init_mutex
            """);
  }

  @Test
  void initialisesSvaOnTheFaultQueue() {
    IommuSvaParam param = param(IommuConst.IOMMU_SVA_FEAT_IOPF);

    assertThat(world.record(() -> smmu.svaDeviceInit(d0, param)))
        .returned(0)
        .follows(
            """
            arm_smmu_sva_init
              iopf_queue_add_device
                kzalloc iopf_device_param
                mutex_lock param->lock
                mutex_unlock param->lock
            """);
    assertThat(param.minPasid.now()).isEqualTo(1);
    assertThat(param.maxPasid.now()).isEqualTo(15);
  }

  @Test
  void narrowsTheRangeOfTheCaller() {
    IommuSvaParam param = param(0);
    param.minPasid.set(3);
    param.maxPasid.set(9);

    assertThat(world.record(() -> smmu.svaDeviceInit(d0, param)))
        .returned(0)
        .follows("arm_smmu_sva_init");
    assertThat(param.minPasid.now()).isEqualTo(3);
    assertThat(param.maxPasid.now()).isEqualTo(9);
  }

  @Test
  void refusesOtherFeaturesAndDevicesThatCannotFault() {
    Device d1 = world.group("G1", World.NO_SVA, "D1").devices().get(0);

    IommuSvaParam tooMuch = param(3);
    IommuSvaParam faults = param(1);

    assertThat(world.record(() -> smmu.svaDeviceInit(d1, tooMuch)))
        .follows("arm_smmu_sva_init: -EINVAL");
    assertThat(world.record(() -> smmu.svaDeviceInit(d1, faults)))
        .follows("arm_smmu_sva_init: -ENODEV");
  }

  @Test
  void allocatesAndFreesAnIoMm() {
    ArmSmmuDomain domain = alloc();
    MmStruct mm = world.process("P0", 100).mm.now();

    assertThat(world.record(() -> smmu.mmAlloc(domain, mm, 0)))
        .follows(
            """
            arm_smmu_mm_alloc
              kzalloc io_mm
            """);
    IoMm ioMm = Objects.requireNonNull(smmu.mmAlloc(domain, mm, 0).pointer());
    assertThat(world.record(() -> smmu.mmFree(ioMm)))
        .follows(
            """
            arm_smmu_mm_free
              kfree io_mm P0
            """);
    domain.nested.set(true);
    assertThat(world.record(() -> smmu.mmAlloc(domain, mm, 0)))
        .returned(ErrPtr.of(null))
        .follows("arm_smmu_mm_alloc");
  }

  @Test
  void writesAndClearsThePasidEntryOnlyWhenTold() {
    ArmSmmuDomain domain = alloc();
    MmStruct mm = world.process("P0", 100).mm.now();
    IoMm ioMm = Objects.requireNonNull(smmu.mmAlloc(domain, mm, 0).pointer());
    ioMm.pasid.set(4);
    ioMm.mm.set(mm);

    assertThat(smmu.mmAttach(domain, d0, ioMm, false)).isZero();
    assertThat(domain.pasidTable.now()).isEmpty();
    assertThat(smmu.mmAttach(domain, d0, ioMm, true)).isZero();
    assertThat(domain.pasidTable.now()).containsOnlyKeys(4).containsValue(mm);
    smmu.mmDetach(domain, d0, ioMm, false);
    assertThat(domain.pasidTable.now()).containsOnlyKeys(4);
    smmu.mmDetach(domain, d0, ioMm, true);
    assertThat(domain.pasidTable.now()).isEmpty();
    domain.nested.set(true);
    assertThat(smmu.mmAttach(domain, d0, ioMm, true)).isEqualTo(-Errno.EINVAL);
  }

  @Test
  void shutsSvaDownByLeavingTheFaultQueue() {
    IommuSvaParam param = param(IommuConst.IOMMU_SVA_FEAT_IOPF);
    smmu.svaDeviceInit(d0, param);

    assertThat(world.record(() -> smmu.svaDeviceShutdown(d0, param)))
        .follows(
            """
            arm_smmu_sva_shutdown
              iopf_queue_remove_device
                mutex_lock param->lock
                mutex_unlock param->lock
                kfree iopf_device_param D0
            """);
  }
}
