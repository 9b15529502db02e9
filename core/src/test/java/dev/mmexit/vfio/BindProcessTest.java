package dev.mmexit.vfio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.iommu.IommuGroup;
import dev.mmexit.mm.Task;
import dev.mmexit.support.Trace;
import dev.mmexit.support.World;
import org.junit.jupiter.api.Test;

/** {@code vfio_iommu_type1_bind_process} behind its checks: success and each error label. */
class BindProcessTest {
  private final World world = new World();
  private final IommuGroup g0 = world.group("G0", "D0");
  private final IommuGroup g1 = world.group("G1", "D1");
  private final Task manager = world.process("manager", 1);
  private final Task p0 = world.process("P0", 100);
  private final UserBind arg = UserBind.ofPid(world.engine(), 100);

  private Trace bind(VfioIommu iommu) {
    return bind(manager, iommu);
  }

  private Trace bind(Task caller, VfioIommu iommu) {
    world.runAs(caller);
    VfioIommuType1Bind bind = new VfioIommuType1Bind(world.engine());
    bind.argsz.set(UserBind.SIZE);
    return world.record(() -> world.type1().vfioIommuType1BindProcess(iommu, arg, bind));
  }

  @Test
  void bindsEveryGroupThenListsTheProcess() {
    IommuGroup g2 = world.group("G2", World.NOT_COHERENT, "D2");
    VfioIommu c0 = world.containerOf(g0, g1, g2);

    assertThat(bind(c0))
        .returned(0)
        .follows(
            """
            vfio_iommu_type1_bind_process
              copy_from_user
              vfio_iommu_get_mm_by_vpid
                find_get_task_by_vpid
                mm_access ...
              mutex_lock iommu->lock
              kzalloc vfio_mm
              vfio_iommu_bind_group ...
              vfio_iommu_bind_group ...
              vfio_iommu_bind_group ...
              list_add vfio_mm P0 to iommu->mm_list
              copy_to_user
              mutex_unlock iommu->lock
              mmput
                dec mm->mm_users
            """);
    assertThat(arg.pasid.now()).isEqualTo(1);
    assertThat(c0.mmList.now().get(0).pasid.now()).isEqualTo(1);
    assertThat(p0.mm.now().mmUsers.now()).isEqualTo(1);
  }

  @Test
  void bindsTheCaller() {
    arg.processFlags.set(0);
    VfioIommu c0 = world.containerOf(g0);

    assertThat(bind(p0, c0))
        .returned(0)
        .follows(
            """
            vfio_iommu_type1_bind_process
              copy_from_user
              get_task_mm
                spin_lock task->alloc_lock
                inc mm->mm_users
                spin_unlock task->alloc_lock
              mutex_lock iommu->lock
              kzalloc vfio_mm
              vfio_iommu_bind_group ...
              list_add vfio_mm P0 to iommu->mm_list
              copy_to_user
              mutex_unlock iommu->lock
              mmput
                dec mm->mm_users
            """);
  }

  @Test
  void hasNothingToBindWhereTheCallerHasNoAddressSpace() {
    arg.processFlags.set(0);
    p0.mm.set(null);

    assertThat(bind(p0, world.containerOf(g0)))
        .follows(
            """
            vfio_iommu_type1_bind_process: -EINVAL
              copy_from_user
              get_task_mm
                spin_lock task->alloc_lock
                spin_unlock task->alloc_lock
            """);
  }

  @Test
  void passesOnThatThereIsNoSuchProcess() {
    arg.pid.set(999);

    assertThat(bind(world.containerOf(g0)))
        .follows(
            """
            vfio_iommu_type1_bind_process: -ESRCH
              copy_from_user
              vfio_iommu_get_mm_by_vpid: -ESRCH ...
            """);
  }

  @Test
  void passesOnThatAccessIsDenied() {
    Task other = world.kernel().addProcess("other", 2, 7);

    assertThat(bind(other, world.containerOf(g0)))
        .follows(
            """
            vfio_iommu_type1_bind_process: -EACCES
              copy_from_user
              vfio_iommu_get_mm_by_vpid: -EACCES ...
            """);
  }

  @Test
  void refusesAContainerWithoutDomains() {
    assertThat(bind(world.container("C0")))
        .follows(
            """
            vfio_iommu_type1_bind_process: -EINVAL
              copy_from_user
              vfio_iommu_get_mm_by_vpid ...
              mutex_lock iommu->lock
              mutex_unlock iommu->lock
              mmput
                dec mm->mm_users
            """);
  }

  @Test
  void onlyTellsThePasidOfAProcessThatIsListed() {
    VfioIommu c0 = world.containerOf(g0);
    world.bind(c0, world.process("P1", 101));
    world.bind(c0, p0);

    assertThat(bind(c0))
        .returned(0)
        .follows(
            """
            vfio_iommu_type1_bind_process
              copy_from_user
              vfio_iommu_get_mm_by_vpid ...
              mutex_lock iommu->lock
              copy_to_user
              mutex_unlock iommu->lock
              mmput
                dec mm->mm_users
            """);
    assertThat(arg.pasid.now()).isEqualTo(2);
    assertThat(World.listed(c0)).containsExactly("P0", "P1");
  }

  @Test
  void keepsTheListedProcessWhenItsPasidCannotBeTold() {
    VfioIommu c0 = world.containerOf(g0);
    world.bind(c0, p0);
    arg.dataReadOnly.set(true);

    assertThat(bind(c0))
        .follows(
            """
            vfio_iommu_type1_bind_process: -EFAULT
              copy_from_user
              vfio_iommu_get_mm_by_vpid ...
              mutex_lock iommu->lock
              copy_to_user
              mutex_unlock iommu->lock
              mmput
                dec mm->mm_users
            """);
    assertThat(World.listed(c0)).containsExactly("P0");
  }

  @Test
  void unbindsEveryGroupWhenOneCannotBeBound() {
    VfioIommu c0 = world.containerOf(world.group("G2", World.NO_SVA, "D2"), g0);

    assertThat(bind(c0))
        .follows(
            """
            vfio_iommu_type1_bind_process: -ENODEV
              copy_from_user
              vfio_iommu_get_mm_by_vpid ...
              mutex_lock iommu->lock
              kzalloc vfio_mm
              vfio_iommu_bind_group ...
              vfio_iommu_bind_group: -ENODEV ...
              vfio_iommu_unbind
                vfio_iommu_unbind_group
                  iommu_group_for_each_dev
                    mutex_lock group->mutex
                    vfio_iommu_sva_unbind_dev
                      __iommu_sva_unbind_device ...
                    mutex_unlock group->mutex
                vfio_iommu_unbind_group
                  iommu_group_for_each_dev: -EINVAL
                    mutex_lock group->mutex
                    vfio_iommu_sva_unbind_dev: -EINVAL
                      __iommu_sva_unbind_device: -EINVAL
                        iommu_get_domain_for_dev
                    mutex_unlock group->mutex
              kfree vfio_mm P0
              mutex_unlock iommu->lock
              mmput
                dec mm->mm_users
            """);
    assertThat(World.listed(c0)).isEmpty();
    assertThat(world.sva().bondsOf(g0.devices().get(0))).isEmpty();
  }

  @Test
  void takesTheProcessOffTheListWhenThePasidCannotBeTold() {
    VfioIommu c0 = world.containerOf(g0);
    arg.dataReadOnly.set(true);

    assertThat(bind(c0))
        .follows(
            """
            vfio_iommu_type1_bind_process: -EFAULT
              copy_from_user
              vfio_iommu_get_mm_by_vpid ...
              mutex_lock iommu->lock
              kzalloc vfio_mm
              vfio_iommu_bind_group ...
              list_add vfio_mm P0 to iommu->mm_list
              copy_to_user
              list_del vfio_mm P0 from next
              vfio_iommu_unbind
                vfio_iommu_unbind_group
                  iommu_group_for_each_dev
                    mutex_lock group->mutex
                    vfio_iommu_sva_unbind_dev ...
                    mutex_unlock group->mutex
              kfree vfio_mm P0
              mutex_unlock iommu->lock
              mmput
                dec mm->mm_users
            """);
    assertThat(World.listed(c0)).isEmpty();
    assertThat(world.sva().bondsOf(g0.devices().get(0))).isEmpty();
  }
}
