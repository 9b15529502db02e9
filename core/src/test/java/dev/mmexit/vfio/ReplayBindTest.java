package dev.mmexit.vfio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.iommu.IommuBond;
import dev.mmexit.iommu.IommuGroup;
import dev.mmexit.mm.Task;
import dev.mmexit.support.Trace;
import dev.mmexit.support.World;
import dev.mmexit.variant.GroupOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code vfio_iommu_replay_bind}: which address spaces a new group is bound to, and undoing it. */
class ReplayBindTest {
  private final World world = new World();
  private final VfioIommu c0 = world.container("C0");
  private final Task p0 = world.process("P0", 100);
  private final Task p1 = world.process("P1", 101);
  private final Task p2 = world.process("P2", 102);

  @BeforeEach
  void bindThree() {
    world.attach(c0, world.group("G0", "D0"));
    world.bind(c0, p0);
    world.bind(c0, p1);
    world.bind(c0, p2);
  }

  private static VfioGroup notYet(World world, IommuGroup group) {
    VfioGroup record = new VfioGroup(world.engine());
    record.nameIt(group.name());
    record.iommuGroup.set(group);
    return record;
  }

  private Trace replay(IommuGroup group) {
    VfioGroup record = notYet(world, group);
    return world.record(() -> world.type1().vfioIommuReplayBind(c0, record));
  }

  /** Drops what {@code mm_users} counts, without what follows. */
  private void dies(Task task) {
    assertThat(task.mm.now().mmUsers.decAndTest()).isTrue();
  }

  @Test
  void bindsFromTheNewest() {
    IommuGroup g1 = world.group("G1", "D1");

    assertThat(replay(g1))
        .returned(0)
        .follows(
            """
            vfio_iommu_replay_bind
              mmget_not_zero
                inc_not_zero mm->mm_users
              vfio_iommu_bind_group
                iommu_group_for_each_dev
                  mutex_lock group->mutex
                  vfio_iommu_sva_init ...
                  mutex_unlock group->mutex
                iommu_group_for_each_dev
                  mutex_lock group->mutex
                  vfio_iommu_sva_bind_dev ...
                  mutex_unlock group->mutex
              mmput_async
                dec mm->mm_users
              mmget_not_zero
                inc_not_zero mm->mm_users
              vfio_iommu_bind_group
                iommu_group_for_each_dev
                  mutex_lock group->mutex
                  vfio_iommu_sva_bind_dev ...
                  mutex_unlock group->mutex
              mmput_async
                dec mm->mm_users
              mmget_not_zero
                inc_not_zero mm->mm_users
              vfio_iommu_bind_group
                iommu_group_for_each_dev
                  mutex_lock group->mutex
                  vfio_iommu_sva_bind_dev ...
                  mutex_unlock group->mutex
              mmput_async
                dec mm->mm_users
            """);
    assertThat(g1.devices().get(0).iommuParam.svaParam.now().mmList.now())
        .extracting(IommuBond::name)
        .containsExactly("D1-P0", "D1-P1", "D1-P2");
  }

  @Test
  void skipsAnAddressSpaceThatNobodyUses() {
    IommuGroup g1 = world.group("G1", "D1");
    dies(p1);

    assertThat(replay(g1))
        .returned(0)
        .follows(
            """
            vfio_iommu_replay_bind
              mmget_not_zero
                inc_not_zero mm->mm_users
              vfio_iommu_bind_group ...
              mmput_async
                dec mm->mm_users
              mmget_not_zero
                inc_not_zero mm->mm_users: it is zero
              mmget_not_zero
                inc_not_zero mm->mm_users
              vfio_iommu_bind_group ...
              mmput_async
                dec mm->mm_users
            """);
    assertThat(world.sva().bondsOf(g1.devices().get(0)))
        .extracting(IommuBond::name)
        .containsExactlyInAnyOrder("D1-P0", "D1-P2");
  }

  @Test
  void doesNothingWithoutAddressSpaces() {
    VfioIommu c1 = world.container("C1");
    VfioGroup record = notYet(world, world.group("G1", "D1"));

    assertThat(world.record(() -> world.type1().vfioIommuReplayBind(c1, record)))
        .returned(0)
        .follows("vfio_iommu_replay_bind");
  }

  /** The device has PASIDs 2 and 3 only: P2 has 3, P1 has 2 and P0 has 1. */
  @Test
  void unbindsBackwardsWhatItVisitedAndSkipped() {
    IommuGroup g1 = world.group("G1", new GroupOptions(true, false, true, false, true, 2, 3), "D1");
    dies(p1);

    assertThat(replay(g1))
        .follows(
            """
            vfio_iommu_replay_bind: -ERANGE
              mmget_not_zero
                inc_not_zero mm->mm_users
              vfio_iommu_bind_group ...
              mmput_async
                dec mm->mm_users
              mmget_not_zero
                inc_not_zero mm->mm_users: it is zero
              mmget_not_zero
                inc_not_zero mm->mm_users
              vfio_iommu_bind_group: -ERANGE
                iommu_group_for_each_dev: -ERANGE
                  mutex_lock group->mutex
                  vfio_iommu_sva_bind_dev: -ERANGE ...
                  mutex_unlock group->mutex
              mmput_async
                dec mm->mm_users
              vfio_iommu_unbind_group
                iommu_group_for_each_dev: -ESRCH
                  mutex_lock group->mutex
                  vfio_iommu_sva_unbind_dev: -ESRCH ...
                  mutex_unlock group->mutex
              vfio_iommu_unbind_group
                iommu_group_for_each_dev
                  mutex_lock group->mutex
                  vfio_iommu_sva_unbind_dev ...
                  mutex_unlock group->mutex
            """);
    assertThat(world.sva().bondsOf(g1.devices().get(0))).isEmpty();
    assertThat(g1.devices().get(0).iommuParam.svaParam.now()).isNotNull();
  }

  @Test
  void unbindsNothingWhenTheFirstFails() {
    IommuGroup g1 = world.group("G1", World.NO_SVA, "D1");

    assertThat(replay(g1))
        .follows(
            """
            vfio_iommu_replay_bind: -ENODEV
              mmget_not_zero
                inc_not_zero mm->mm_users
              vfio_iommu_bind_group: -ENODEV ...
              mmput_async
                dec mm->mm_users
            """);
  }
}
