package dev.mmexit.iommu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.support.FailingSmmu;
import dev.mmexit.support.Handlers;
import dev.mmexit.support.Trace;
import dev.mmexit.support.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** drivers/iommu/iommu.c: groups that change domains, and the handlers of device faults. */
class IommuTest {
  private final World world = new World();
  private final Iommu iommu = world.iommu();
  private final FailingSmmu smmu = world.failingSmmu();
  private final IommuGroup two = world.group("G0", smmu, "D0", "D1");

  private IommuDomain domainFor(IommuGroup group) {
    return Objects.requireNonNull(iommu.iommuDomainAlloc(group.devices().get(0).bus));
  }

  private Trace attach(IommuDomain domain, IommuGroup group) {
    return world.record(() -> iommu.iommuAttachGroup(domain, group));
  }

  private Trace detach(IommuDomain domain, IommuGroup group) {
    return world.record(() -> iommu.iommuDetachGroup(domain, group));
  }

  @Test
  void attachesEveryDeviceThenSetsTheDomain() {
    IommuDomain domain = domainFor(two);
    world.watch("domain");

    assertThat(attach(domain, two))
        .returned(0)
        .follows(
            """
            iommu_attach_group
              mutex_lock group->mutex
              arm_smmu_attach_dev ...
              arm_smmu_attach_dev ...
              group->domain = arm_smmu_domain
              mutex_unlock group->mutex
            """);
  }

  @Test
  void refusesAGroupThatLeftItsDefaultDomain() {
    attach(domainFor(two), two);

    assertThat(attach(domainFor(two), two))
        .follows(
            """
            iommu_attach_group: -EBUSY
              mutex_lock group->mutex
              mutex_unlock group->mutex
            """);
  }

  @Test
  void doesNotNoticeABusyGroupWithoutADefaultDomain() {
    IommuGroup bare = world.group("G1", World.NO_DEFAULT_DOMAIN, "D2");
    attach(domainFor(bare), bare);
    IommuDomain second = domainFor(bare);

    assertThat(attach(second, bare))
        .returned(0)
        .follows(
            """
            iommu_attach_group
              mutex_lock group->mutex
              arm_smmu_attach_dev ...
              mutex_unlock group->mutex
            """);
    assertThat(bare.domain.now()).isEqualTo(second);
  }

  @Test
  void stopsAtTheFirstDeviceThatFailsAndTakesNothingBack() {
    IommuDomain domain = domainFor(two);
    smmu.failing(false, true);

    assertThat(attach(domain, two))
        .follows(
            """
            iommu_attach_group: -ENXIO
              mutex_lock group->mutex
              arm_smmu_attach_dev ...
              failing_attach_dev: -ENXIO
              mutex_unlock group->mutex
            """);
    assertThat(two.domain.now()).isEqualTo(two.defaultDomain.now());
    assertThat(two.devices().get(0).iommuPriv.domain.now()).isEqualTo(domain);
    assertThat(two.devices().get(1).iommuPriv.domain.now()).isEqualTo(two.defaultDomain.now());
  }

  @Test
  void goesBackToTheDefaultDomain() {
    IommuDomain domain = domainFor(two);
    attach(domain, two);
    world.watch("domain");

    assertThat(detach(domain, two))
        .follows(
            """
            iommu_detach_group
              mutex_lock group->mutex
              arm_smmu_attach_dev ...
              arm_smmu_attach_dev ...
              group->domain = arm_smmu_domain default of G0
              mutex_unlock group->mutex
            """);
  }

  @Test
  void staysInTheDefaultDomain() {
    assertThat(detach(domainFor(two), two))
        .follows(
            """
            iommu_detach_group
              mutex_lock group->mutex
              mutex_unlock group->mutex
            """);
  }

  @Test
  void warnsWhenItCannotGoBack() {
    IommuDomain domain = domainFor(two);
    attach(domain, two);
    smmu.failing(false, true);

    assertThat(detach(domain, two))
        .follows(
            """
            iommu_detach_group
              mutex_lock group->mutex
              arm_smmu_attach_dev ...
              failing_attach_dev: -ENXIO
              WARN
              mutex_unlock group->mutex
            """);
    assertThat(two.domain.now()).isEqualTo(domain);
  }

  @Test
  void leavesToNoDomainWithoutTellingADriverThatHasNoDetachDev() {
    IommuGroup bare = world.group("G1", World.NO_DEFAULT_DOMAIN, "D2", "D3");
    IommuDomain domain = domainFor(bare);
    attach(domain, bare);
    world.watch("domain");

    assertThat(detach(domain, bare))
        .follows(
            """
            iommu_detach_group
              mutex_lock group->mutex
              group->domain = null
              mutex_unlock group->mutex
            """);
    assertThat(bare.devices().get(0).iommuPriv.domain.now()).isEqualTo(domain);
  }

  @Test
  void leavesToNoDomainByDetachDevOfEachDevice() {
    IommuGroup bare = world.group("G1", World.GENERIC, "D2", "D3");
    IommuDomain domain = domainFor(bare);
    attach(domain, bare);

    assertThat(detach(domain, bare))
        .follows(
            """
            iommu_detach_group
              mutex_lock group->mutex
              generic_iommu_detach_dev ...
              generic_iommu_detach_dev ...
              mutex_unlock group->mutex
            """);
    assertThat(bare.domain.now()).isNull();
    assertThat(bare.devices().get(0).iommuPriv.domain.now()).isNull();
  }

  @Test
  void visitsDevicesInOrderUntilOneReturnsNonzero() {
    IommuGroup three = world.group("G1", "D2", "D3", "D4");
    List<String> seen = new ArrayList<>();

    assertThat(
            world.record(
                () ->
                    iommu.iommuGroupForEachDev(
                        three,
                        dev -> {
                          assertThat(three.mutex.owner()).isNotNull();
                          seen.add(dev.name());
                          return seen.size() == 2 ? 7 : 0;
                        })))
        .returned(7)
        .follows(
            """
            iommu_group_for_each_dev
              mutex_lock group->mutex
              mutex_unlock group->mutex
            """);
    assertThat(seen).containsExactly("D2", "D3");
  }

  @Test
  void visitsNothingInAnEmptyGroup() {
    IommuGroup empty = world.group("G1");

    assertThat(world.record(() -> iommu.iommuGroupForEachDev(empty, dev -> 7))).returned(0);
  }

  @Test
  void readsTheDomainOfADeviceWithoutALock() {
    Device d0 = two.devices().get(0);

    assertThat(world.record(() -> iommu.iommuGetDomainForDev(d0)))
        .returned(two.defaultDomain.now())
        .follows("iommu_get_domain_for_dev");
  }

  @Test
  void allocatesNoDomainForNoBus() {
    assertThat(world.record(() -> iommu.iommuDomainAlloc(null)))
        .returned(null)
        .follows("iommu_domain_alloc");
  }

  @Test
  void allocatesAndFreesADomainByTheDriver() {
    Device d0 = two.devices().get(0);

    assertThat(world.record(() -> iommu.iommuDomainAlloc(d0.bus)))
        .follows(
            """
            iommu_domain_alloc
              arm_smmu_domain_alloc
                kzalloc arm_smmu_domain
            """);
    IommuDomain domain = domainFor(two);
    assertThat(domain.mmList.now()).isEmpty();
    assertThat(world.record(() -> iommu.iommuDomainFree(domain)))
        .follows(
            """
            iommu_domain_free
              arm_smmu_domain_free
                iommu_put_dma_cookie
                kfree arm_smmu_domain
            """);
  }

  @Test
  void registersOneFaultHandler() {
    Device d0 = two.devices().get(0);
    world.watch("fault_param");

    assertThat(world.record(() -> iommu.iommuRegisterDeviceFaultHandler(d0, Handlers.NO_FAULTS)))
        .returned(0)
        .follows(
            """
            iommu_register_device_fault_handler
              mutex_lock param->lock
              kzalloc iommu_fault_param
              param->fault_param = iommu_fault_param D0
              mutex_unlock param->lock
            """);
    assertThat(world.record(() -> iommu.iommuRegisterDeviceFaultHandler(d0, Handlers.NO_FAULTS)))
        .follows(
            """
            iommu_register_device_fault_handler: -EBUSY
              mutex_lock param->lock
              mutex_unlock param->lock
            """);
  }

  @Test
  void unregistersTheFaultHandler() {
    Device d0 = two.devices().get(0);
    iommu.iommuRegisterDeviceFaultHandler(d0, Handlers.NO_FAULTS);

    assertThat(world.record(() -> iommu.iommuUnregisterDeviceFaultHandler(d0)))
        .returned(0)
        .follows(
            """
            iommu_unregister_device_fault_handler
              mutex_lock param->lock
              kfree iommu_fault_param D0
              mutex_unlock param->lock
            """);
    assertThat(d0.iommuParam.faultParam.now()).isNull();
    assertThat(world.record(() -> iommu.iommuRegisterDeviceFaultHandler(d0, Handlers.NO_FAULTS)))
        .returned(0);
  }
}
