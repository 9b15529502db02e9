package dev.mmexit.vfio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.iommu.IommuGroup;
import dev.mmexit.mm.Task;
import dev.mmexit.support.FailingSmmu;
import dev.mmexit.support.World;
import dev.mmexit.variant.GroupOptions;
import org.junit.jupiter.api.Test;

/** {@code vfio_iommu_type1_attach_group} into a container with domains and address spaces. */
class AttachGroupToOthersTest {
  private final World world = new World();
  private final VfioIommuType1 type1 = world.type1();
  private final VfioIommu c0 = world.container("C0");
  private final IommuGroup g0 = world.group("G0", "D0");

  @Test
  void movesAGroupIntoADomainThatFits() {
    world.attach(c0, g0);
    IommuGroup g1 = world.group("G1", "D1");

    assertThat(world.record(() -> type1.vfioIommuType1AttachGroup(c0, g1)))
        .returned(0)
        .follows(
            """
            vfio_iommu_type1_attach_group
              mutex_lock iommu->lock
              find_iommu_group
              kzalloc vfio_group
              kzalloc vfio_domain
              iommu_group_for_each_dev ...
              iommu_domain_alloc ...
              iommu_attach_group ...
              vfio_iommu_has_sw_msi ...
              list_add vfio_group G1 to domain->group_list
              iommu_capable
              vfio_iommu_try_attach_group
                iommu_detach_group ...
                iommu_attach_group ...
                vfio_iommu_replay_bind
              list_add vfio_group G1 to domain->group_list
              iommu_domain_free ...
              kfree vfio_domain
              mutex_unlock iommu->lock
            """);
    assertThat(c0.domainList.now()).hasSize(1);
    assertThat(c0.groupsNow()).containsExactly(g1, g0);
  }

  @Test
  void keepsAGroupThatFitsNowhereInItsOwnDomain() {
    Task p0 = world.process("P0", 100);
    world.attach(c0, g0);
    world.attach(c0, world.group("G1", World.GENERIC, "D1"));
    world.bind(c0, p0);
    IommuGroup g2 = world.group("G2", World.NOT_COHERENT, "D2");

    assertThat(world.record(() -> type1.vfioIommuType1AttachGroup(c0, g2)))
        .returned(0)
        .follows(
            """
            vfio_iommu_type1_attach_group
              mutex_lock iommu->lock
              find_iommu_group
              find_iommu_group
              kzalloc vfio_group
              kzalloc vfio_domain
              iommu_group_for_each_dev ...
              iommu_domain_alloc ...
              iommu_attach_group ...
              vfio_iommu_has_sw_msi ...
              list_add vfio_group G2 to domain->group_list
              iommu_capable
              vfio_iommu_try_attach_group
              vfio_iommu_try_attach_group
              vfio_iommu_replay
              vfio_iommu_replay_bind
                mmget_not_zero
                  inc_not_zero mm->mm_users
                vfio_iommu_bind_group ...
                mmput_async
                  dec mm->mm_users
              list_add vfio_domain to iommu->domain_list
              mutex_unlock iommu->lock
            """);
    assertThat(c0.domainList.now()).hasSize(3);
    assertThat(c0.groupsNow()).first().isEqualTo(g2);
    assertThat(world.bond(g2.devices().get(0)).domain.now()).isEqualTo(g2.domain.now());
  }

  @Test
  void leavesItsDomainWhenReplayFailsThere() {
    world.attach(c0, g0);
    world.bind(c0, world.process("P0", 100));
    IommuGroup g1 =
        world.group("G1", new GroupOptions(true, false, false, false, false, 1, 15), "D1");

    assertThat(world.record(() -> type1.vfioIommuType1AttachGroup(c0, g1)))
        .follows(
            """
            vfio_iommu_type1_attach_group: -ENODEV
              mutex_lock iommu->lock
              find_iommu_group
              kzalloc vfio_group
              kzalloc vfio_domain
              iommu_group_for_each_dev ...
              iommu_domain_alloc ...
              iommu_attach_group ...
              vfio_iommu_has_sw_msi ...
              list_add vfio_group G1 to domain->group_list
              iommu_capable
              vfio_iommu_try_attach_group
              vfio_iommu_replay
              vfio_iommu_replay_bind: -ENODEV ...
              iommu_detach_group ...
              iommu_domain_free ...
              kfree vfio_domain
              kfree vfio_group G1
              mutex_unlock iommu->lock
            """);
    assertThat(g1.domain.now()).isEqualTo(g1.defaultDomain.now());
    assertThat(c0.groupsNow()).containsExactly(g0);
  }

  @Test
  void replaysInItsOwnDomainWhatFailedInTheExistingOne() {
    world.attach(c0, g0);
    world.bind(c0, world.process("P0", 100));
    IommuGroup g1 = world.group("G1", World.NO_SVA, "D1");

    assertThat(world.record(() -> type1.vfioIommuType1AttachGroup(c0, g1)))
        .follows(
            """
            vfio_iommu_type1_attach_group: -ENODEV
              mutex_lock iommu->lock
              find_iommu_group
              kzalloc vfio_group
              kzalloc vfio_domain
              iommu_group_for_each_dev ...
              iommu_domain_alloc ...
              iommu_attach_group ...
              vfio_iommu_has_sw_msi ...
              list_add vfio_group G1 to domain->group_list
              iommu_capable
              vfio_iommu_try_attach_group
                iommu_detach_group ...
                iommu_attach_group ...
                vfio_iommu_replay_bind: -ENODEV ...
                iommu_detach_group ...
                iommu_attach_group ...
              vfio_iommu_replay
              vfio_iommu_replay_bind: -ENODEV ...
              iommu_detach_group ...
              iommu_domain_free ...
              kfree vfio_domain
              kfree vfio_group G1
              mutex_unlock iommu->lock
            """);
  }

  @Test
  void detachesNothingFromAGroupThatIsInNoDomainOfVfio() {
    FailingSmmu smmu = world.failingSmmu();
    world.attach(c0, world.group("G1", smmu, "D1"));
    IommuGroup g2 = world.group("G2", smmu, "D2");
    smmu.failing(false, false, true, true);

    assertThat(world.record(() -> type1.vfioIommuType1AttachGroup(c0, g2)))
        .follows(
            """
            vfio_iommu_type1_attach_group: -EINVAL
              mutex_lock iommu->lock
              find_iommu_group
              kzalloc vfio_group
              kzalloc vfio_domain
              iommu_group_for_each_dev ...
              iommu_domain_alloc ...
              iommu_attach_group ...
              vfio_iommu_has_sw_msi ...
              list_add vfio_group G2 to domain->group_list
              iommu_capable
              vfio_iommu_try_attach_group: -EINVAL ...
              iommu_domain_free ...
              kfree vfio_domain
              kfree vfio_group G2
              mutex_unlock iommu->lock
            """);
  }
}
