package dev.mmexit.vfio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.iommu.ArmSmmuV3;
import dev.mmexit.iommu.BusType;
import dev.mmexit.iommu.Device;
import dev.mmexit.iommu.IommuGroup;
import dev.mmexit.support.Trace;
import dev.mmexit.support.World;
import dev.mmexit.variant.GroupOptions;
import org.junit.jupiter.api.Test;

/** {@code vfio_iommu_type1_attach_group} into a container without a domain that would do. */
class AttachGroupTest {
  private final World world = new World();
  private final VfioIommuType1 type1 = world.type1();
  private final VfioIommu c0 = world.container("C0");
  private final IommuGroup g0 = world.group("G0", "D0");

  @Test
  void givesTheFirstGroupADomainOfItsOwn() {
    Trace trace = world.record(() -> type1.vfioIommuType1AttachGroup(c0, g0));

    assertThat(trace)
        .returned(0)
        .follows(
            """
            vfio_iommu_type1_attach_group
              mutex_lock iommu->lock
              kzalloc vfio_group
              kzalloc vfio_domain
              iommu_group_for_each_dev
                mutex_lock group->mutex
                vfio_bus_type
                mutex_unlock group->mutex
              iommu_domain_alloc
                arm_smmu_domain_alloc
                  kzalloc arm_smmu_domain
              iommu_attach_group
                mutex_lock group->mutex
                arm_smmu_attach_dev
                  arm_smmu_detach_dev
                    __iommu_sva_unbind_dev_all
                      iopf_queue_flush_dev: -ENODEV
                        mutex_lock param->lock
                        mutex_unlock param->lock
                    spin_lock smmu_domain->devices_lock
                    list_del arm_smmu_master_data D0 from list
                    spin_unlock smmu_domain->devices_lock
                  mutex_lock smmu_domain->init_mutex
                  spin_lock smmu_domain->devices_lock
                  list_add arm_smmu_master_data D0 to smmu_domain->devices
                  spin_unlock smmu_domain->devices_lock
                  mutex_unlock smmu_domain->init_mutex
                mutex_unlock group->mutex
              vfio_iommu_has_sw_msi
                iommu_get_group_resv_regions
                  mutex_lock group->mutex
                  mutex_unlock group->mutex
              list_add vfio_group G0 to domain->group_list
              iommu_capable
              vfio_iommu_replay
              vfio_iommu_replay_bind
              list_add vfio_domain to iommu->domain_list
              mutex_unlock iommu->lock
            """);
    assertThat(c0.groupsNow()).containsExactly(g0);
    assertThat(world.record(c0, g0).svaEnabled.now()).isFalse();
  }

  @Test
  void refusesAGroupThatIsAttached() {
    world.attach(c0, g0);

    assertThat(world.record(() -> type1.vfioIommuType1AttachGroup(c0, g0)))
        .follows(
            """
            vfio_iommu_type1_attach_group: -EINVAL
              mutex_lock iommu->lock
              find_iommu_group
              mutex_unlock iommu->lock
            """);
    assertThat(c0.groupsNow()).containsExactly(g0);
  }

  @Test
  void refusesDevicesOfTwoBuses() {
    IommuGroup mixed = new IommuGroup(world.engine(), "G1", false);
    ArmSmmuV3 smmu = world.failingSmmu();
    for (int i = 1; i <= 3; i++) {
      new Device(world.engine(), "D" + i, mixed, new BusType(smmu, true, "mixed"), true, 1, 15);
    }

    assertThat(world.record(() -> type1.vfioIommuType1AttachGroup(c0, mixed)))
        .follows(
            """
            vfio_iommu_type1_attach_group: -EINVAL
              mutex_lock iommu->lock
              kzalloc vfio_group
              kzalloc vfio_domain
              iommu_group_for_each_dev: -EINVAL
                mutex_lock group->mutex
                vfio_bus_type
                vfio_bus_type: -EINVAL
                mutex_unlock group->mutex
              kfree vfio_domain
              kfree vfio_group G1
              mutex_unlock iommu->lock
            """);
  }

  @Test
  void hasNoDomainForAnEmptyGroup() {
    IommuGroup empty = world.group("G1");

    assertThat(world.record(() -> type1.vfioIommuType1AttachGroup(c0, empty)))
        .follows(
            """
            vfio_iommu_type1_attach_group: -EIO
              mutex_lock iommu->lock
              kzalloc vfio_group
              kzalloc vfio_domain
              iommu_group_for_each_dev
                mutex_lock group->mutex
                mutex_unlock group->mutex
              iommu_domain_alloc
              kfree vfio_domain
              kfree vfio_group G1
              mutex_unlock iommu->lock
            """);
  }

  @Test
  void asksForNestingBeforeItAttaches() {
    VfioIommu nesting = world.kernel().addContainer("C1", true);

    assertThat(world.record(() -> type1.vfioIommuType1AttachGroup(nesting, g0)))
        .returned(0)
        .follows(
            """
            vfio_iommu_type1_attach_group
              mutex_lock iommu->lock
              kzalloc vfio_group
              kzalloc vfio_domain
              iommu_group_for_each_dev ...
              iommu_domain_alloc ...
              iommu_domain_set_attr
                arm_smmu_domain_set_attr
                  mutex_lock smmu_domain->init_mutex
                  mutex_unlock smmu_domain->init_mutex
              iommu_attach_group ...
              vfio_iommu_has_sw_msi ...
              list_add vfio_group G0 to domain->group_list
              iommu_capable
              vfio_iommu_replay
              vfio_iommu_replay_bind
              list_add vfio_domain to iommu->domain_list
              mutex_unlock iommu->lock
            """);
  }

  @Test
  void freesTheDomainOfAGroupThatAnotherContainerHas() {
    world.attach(world.container("C1"), g0);

    assertThat(world.record(() -> type1.vfioIommuType1AttachGroup(c0, g0)))
        .follows(
            """
            vfio_iommu_type1_attach_group: -EBUSY
              mutex_lock iommu->lock
              kzalloc vfio_group
              kzalloc vfio_domain
              iommu_group_for_each_dev ...
              iommu_domain_alloc ...
              iommu_attach_group: -EBUSY
                mutex_lock group->mutex
                mutex_unlock group->mutex
              iommu_domain_free
                arm_smmu_domain_free
                  iommu_put_dma_cookie
                  kfree arm_smmu_domain
              kfree vfio_domain
              kfree vfio_group G0
              mutex_unlock iommu->lock
            """);
  }

  @Test
  void getsAnMsiCookieOnceTheBindsAreReplayed() {
    IommuGroup msi =
        world.group("G1", new GroupOptions(true, false, true, true, true, 1, 15), "D1");

    assertThat(world.record(() -> type1.vfioIommuType1AttachGroup(c0, msi)))
        .returned(0)
        .follows(
            """
            vfio_iommu_type1_attach_group
              mutex_lock iommu->lock
              kzalloc vfio_group
              kzalloc vfio_domain
              iommu_group_for_each_dev ...
              iommu_domain_alloc ...
              iommu_attach_group ...
              vfio_iommu_has_sw_msi ...
              list_add vfio_group G1 to domain->group_list
              iommu_capable
              vfio_iommu_replay
              vfio_iommu_replay_bind
              iommu_get_msi_cookie
                kzalloc iommu_dma_cookie
              list_add vfio_domain to iommu->domain_list
              mutex_unlock iommu->lock
            """);
  }
}
