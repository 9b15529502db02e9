package dev.mmexit.vfio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.iommu.IommuGroup;
import dev.mmexit.mm.Task;
import dev.mmexit.support.Trace;
import dev.mmexit.support.World;
import org.junit.jupiter.api.Test;

/** {@code vfio_iommu_type1_unbind_process} behind its checks. */
class UnbindProcessTest {
  private final World world = new World();
  private final IommuGroup g0 = world.group("G0", "D0");
  private final VfioIommu c0 = world.containerOf(g0, world.group("G1", "D1"));
  private final Task manager = world.process("manager", 1);
  private final Task p0 = world.process("P0", 100);
  private final UserBind arg = UserBind.ofPid(world.engine(), 100);

  private Trace unbind(Task caller, VfioIommu iommu) {
    world.runAs(caller);
    VfioIommuType1Bind bind = new VfioIommuType1Bind(world.engine());
    bind.argsz.set(UserBind.SIZE);
    return world.record(() -> world.type1().vfioIommuType1UnbindProcess(iommu, arg, bind));
  }

  @Test
  void unbindsEveryGroupBeforeItForgetsTheProcess() {
    world.bind(c0, p0);
    world.bind(c0, world.process("P1", 101));

    assertThat(unbind(manager, c0))
        .returned(0)
        .follows(
            """
            vfio_iommu_type1_unbind_process
              copy_from_user
              vfio_iommu_get_mm_by_vpid ...
              mutex_lock iommu->lock
              vfio_iommu_unbind
                vfio_iommu_unbind_group
                  iommu_group_for_each_dev
                    mutex_lock group->mutex
                    vfio_iommu_sva_unbind_dev ...
                    mutex_unlock group->mutex
                vfio_iommu_unbind_group
                  iommu_group_for_each_dev
                    mutex_lock group->mutex
                    vfio_iommu_sva_unbind_dev ...
                    mutex_unlock group->mutex
              list_del vfio_mm P0 from next
              kfree vfio_mm P0
              mutex_unlock iommu->lock
              mmput
                dec mm->mm_users
            """);
    assertThat(World.listed(c0)).containsExactly("P1");
    assertThat(world.bond(g0.devices().get(0)).name()).isEqualTo("D0-P1");
  }

  @Test
  void unbindsTheCaller() {
    world.bind(c0, p0);
    arg.processFlags.set(0);

    assertThat(unbind(p0, c0))
        .returned(0)
        .follows(
            """
            vfio_iommu_type1_unbind_process
              copy_from_user
              get_task_mm ...
              mutex_lock iommu->lock
              vfio_iommu_unbind ...
              list_del vfio_mm P0 from next
              kfree vfio_mm P0
              mutex_unlock iommu->lock
              mmput
                dec mm->mm_users
            """);
  }

  @Test
  void dropsResultsOfDevices() {
    world.bind(c0, p0);
    world.sva().__iommuSvaUnbindDevice(g0.devices().get(0), 1);

    assertThat(unbind(manager, c0)).returned(0);
    assertThat(World.listed(c0)).isEmpty();
  }

  @Test
  void findsNoRecordAndNeedsNoDomainForThat() {
    for (VfioIommu iommu : new VfioIommu[] {c0, world.container("C1")}) {
      assertThat(unbind(manager, iommu))
          .follows(
              """
              vfio_iommu_type1_unbind_process: -ESRCH
                copy_from_user
                vfio_iommu_get_mm_by_vpid ...
                mutex_lock iommu->lock
                mutex_unlock iommu->lock
                mmput
                  dec mm->mm_users
              """);
    }
  }

  @Test
  void findsNoProcess() {
    arg.pid.set(999);

    assertThat(unbind(manager, c0))
        .follows(
            """
            vfio_iommu_type1_unbind_process: -ESRCH
              copy_from_user
              vfio_iommu_get_mm_by_vpid: -ESRCH ...
            """);
  }

  @Test
  void mayNotHaveTheProcess() {
    Task other = world.kernel().addProcess("other", 2, 7);
    world.bind(c0, p0);

    assertThat(unbind(other, c0))
        .follows(
            """
            vfio_iommu_type1_unbind_process: -EACCES
              copy_from_user
              vfio_iommu_get_mm_by_vpid: -EACCES ...
            """);
    assertThat(World.listed(c0)).containsExactly("P0");
  }

  @Test
  void hasNoAddressSpaceOfItsOwn() {
    arg.processFlags.set(0);
    p0.mm.set(null);

    assertThat(unbind(p0, c0))
        .follows(
            """
            vfio_iommu_type1_unbind_process: -EINVAL
              copy_from_user
              get_task_mm ...
            """);
  }
}
