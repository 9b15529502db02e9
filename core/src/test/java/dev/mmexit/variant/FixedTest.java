package dev.mmexit.variant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.iommu.Device;
import dev.mmexit.iommu.IommuBond;
import dev.mmexit.iommu.IommuGroup;
import dev.mmexit.mm.Task;
import dev.mmexit.support.Trace;
import dev.mmexit.support.World;
import dev.mmexit.vfio.UserBind;
import dev.mmexit.vfio.VfioGroup;
import dev.mmexit.vfio.VfioIommu;
import dev.mmexit.vfio.VfioIommuIoctl;
import dev.mmexit.vfio.VfioMm;
import org.junit.jupiter.api.Test;

/** What {@link Fixed} does where the code as posted does something else. */
class FixedTest {
  private final World world = new World(new Fixed());
  private final IommuGroup g0 = world.group("G0", "D0");
  private final Device d0 = g0.devices().get(0);
  private final VfioIommu c0 = world.containerOf(g0);
  private final Task p0 = world.process("P0", 100);
  private final Task p1 = world.process("P1", 101);

  private Trace ioctl(int command) {
    world.runAs(world.process("manager", 1));
    UserBind arg = UserBind.ofPid(world.engine(), 100);
    return world.record(() -> world.type1().vfioIommuType1Ioctl(c0, command, arg));
  }

  private VfioGroup notYet(IommuGroup group) {
    VfioGroup record = new VfioGroup(world.engine());
    record.nameIt(group.name());
    record.iommuGroup.set(group);
    return record;
  }

  private Trace replay(IommuGroup group) {
    VfioGroup record = notYet(group);
    return world.record(() -> world.type1().vfioIommuReplayBind(c0, record));
  }

  private Trace detach() {
    return world.record(() -> world.type1().vfioIommuType1DetachGroup(c0, g0));
  }

  @Test
  void theCallbackTakesTheLockOfTheListAlone() {
    world.bind(c0, p0);

    assertThat(world.record(() -> world.type1().vfioIommuMmExit(d0, 1, c0)))
        .returned(0)
        .follows(
            """
            vfio_iommu_mm_exit
              spin_lock iommu->mm_lock
              list_del vfio_mm P0 from next
              mmdrop
                dec mm->mm_count
              kfree vfio_mm P0
              spin_unlock iommu->mm_lock
            """);
    assertThat(world.record(() -> world.type1().vfioIommuMmExit(d0, 1, c0)))
        .follows(
            """
            vfio_iommu_mm_exit
              spin_lock iommu->mm_lock
              spin_unlock iommu->mm_lock
            """);
  }

  @Test
  void bindTakesAReferenceToTheStructAndListsUnderTheLock() {
    world.watch("pasid");

    assertThat(ioctl(VfioIommuIoctl.VFIO_IOMMU_BIND))
        .returned(0)
        .follows(
            """
            vfio_iommu_type1_ioctl
              copy_from_user
              vfio_iommu_type1_bind_process
                copy_from_user ...
                vfio_iommu_get_mm_by_vpid ...
                mutex_lock iommu->lock
                spin_lock iommu->mm_lock
                spin_unlock iommu->mm_lock
                kzalloc vfio_mm
                mmgrab
                  inc mm->mm_count
                vfio_iommu_bind_group ...
                spin_lock iommu->mm_lock
                list_add vfio_mm P0 to iommu->mm_list
                spin_unlock iommu->mm_lock
                params->pasid = 1
                copy_to_user ...
                mutex_unlock iommu->lock
                mmput
                  dec mm->mm_users
            """);
    assertThat(World.listed(c0)).containsExactly("P0");
  }

  @Test
  void unbindUnlistsUnderTheLockAndDropsTheReference() {
    world.bind(c0, p0);

    assertThat(ioctl(VfioIommuIoctl.VFIO_IOMMU_UNBIND))
        .returned(0)
        .follows(
            """
            vfio_iommu_type1_ioctl
              copy_from_user
              vfio_iommu_type1_unbind_process
                copy_from_user
                vfio_iommu_get_mm_by_vpid ...
                mutex_lock iommu->lock
                spin_lock iommu->mm_lock
                spin_unlock iommu->mm_lock
                vfio_iommu_unbind ...
                spin_lock iommu->mm_lock
                list_del vfio_mm P0 from next
                spin_unlock iommu->mm_lock
                mmdrop
                  dec mm->mm_count
                kfree vfio_mm P0
                mutex_unlock iommu->lock
                mmput
                  dec mm->mm_users
            """);
  }

  @Test
  void replayDropsTheRecordOfWhoHasBegunToExit() {
    world.bind(c0, p0);
    world.bind(c0, p1);
    assertThat(p1.mm.now().mmUsers.decAndTest()).isTrue();
    world.watch("pasid");

    assertThat(replay(world.group("G1", "D1")))
        .returned(0)
        .follows(
            """
            vfio_iommu_replay_bind
              spin_lock iommu->mm_lock
              mmget_not_zero
                inc_not_zero mm->mm_users: it is zero
              list_del vfio_mm P1 from next
              mmdrop
                dec mm->mm_count
              kfree vfio_mm P1
              mmget_not_zero
                inc_not_zero mm->mm_users
              spin_unlock iommu->mm_lock
              vfio_iommu_bind_group ...
              spin_lock iommu->mm_lock
              mmput_async
                dec mm->mm_users
              spin_unlock iommu->mm_lock
            """);
    assertThat(World.listed(c0)).containsExactly("P0");
  }

  /** The device has PASIDs 2 and 3 only: P1 has 2 and P0 has 1. */
  @Test
  void aReplayThatFailsShutsSvaDown() {
    world.bind(c0, p0);
    world.bind(c0, p1);
    IommuGroup g1 = world.group("G1", new GroupOptions(true, false, true, false, true, 2, 3), "D1");

    assertThat(replay(g1))
        .follows(
            """
            vfio_iommu_replay_bind: -ERANGE
              spin_lock iommu->mm_lock
              mmget_not_zero
                inc_not_zero mm->mm_users
              spin_unlock iommu->mm_lock
              vfio_iommu_bind_group ...
              spin_lock iommu->mm_lock
              mmput_async
                dec mm->mm_users
              mmget_not_zero
                inc_not_zero mm->mm_users
              spin_unlock iommu->mm_lock
              vfio_iommu_bind_group: -ERANGE ...
              spin_lock iommu->mm_lock
              mmput_async
                dec mm->mm_users
              spin_unlock iommu->mm_lock
              iommu_group_for_each_dev
                mutex_lock group->mutex
                vfio_iommu_sva_shutdown ...
                mutex_unlock group->mutex
            """);
    assertThat(world.sva().bondsOf(g1.devices().get(0))).isEmpty();
    assertThat(g1.devices().get(0).iommuParam.svaParam.now()).isNull();
  }

  @Test
  void aGroupThatCannotBeInitialisedIsShutDown() {
    VfioGroup record = notYet(world.group("G1", World.NO_SVA, "D1"));

    VfioMm vfioMm = new VfioMm(world.engine());

    assertThat(world.record(() -> world.type1().vfioIommuBindGroup(c0, record, vfioMm)))
        .follows(
            """
            vfio_iommu_bind_group: -ENODEV
              iommu_group_for_each_dev: -ENODEV ...
              iommu_group_for_each_dev
                mutex_lock group->mutex
                vfio_iommu_sva_shutdown
                  iommu_sva_device_shutdown: -ENODEV ...
                mutex_unlock group->mutex
            """);
  }

  /** A record that is listed has its PASID; one that is being made gets it. */
  @Test
  void thePasidIsWrittenOnce() {
    world.watch("pasid");
    world.bind(c0, p0);
    VfioMm vfioMm = c0.mmList.now().get(0);
    VfioGroup record = notYet(world.group("G1", "D1"));

    assertThat(world.record(() -> world.type1().vfioIommuBindGroup(c0, record, vfioMm)).toString())
        .contains("mutex_lock iommu_sva_bind_mutex", "pasid = 1")
        .doesNotContain("vfio_mm->pasid = ");
  }

  @Test
  void detachShutsSvaDownBeforeTheGroupLeavesItsDomain() {
    world.bind(c0, p0);

    assertThat(detach())
        .follows(
            """
            vfio_iommu_type1_detach_group
              mutex_lock iommu->lock
              find_iommu_group
              iommu_group_for_each_dev
                mutex_lock group->mutex
                vfio_iommu_sva_shutdown ...
                mutex_unlock group->mutex
              iommu_detach_group ...
              list_del vfio_group G0 from next
              kfree vfio_group G0
              vfio_iommu_unmap_unpin_all
              spin_lock iommu->mm_lock
              vfio_iommu_free_all_mm
                mmdrop
                  dec mm->mm_count
                kfree vfio_mm P0
              spin_unlock iommu->mm_lock
              iommu_domain_free ...
              list_del vfio_domain from next
              kfree vfio_domain
              mutex_unlock iommu->lock
            """);
  }

  @Test
  void releaseTakesTheLockAndShutsSvaDown() {
    world.bind(c0, p0);

    assertThat(world.record(() -> world.type1().vfioIommuType1Release(c0)))
        .follows(
            """
            vfio_iommu_type1_release
              mutex_lock iommu->lock
              spin_lock iommu->mm_lock
              vfio_iommu_free_all_mm
                mmdrop
                  dec mm->mm_count
                kfree vfio_mm P0
              spin_unlock iommu->mm_lock
              vfio_iommu_unmap_unpin_all
              vfio_release_domain
                iommu_group_for_each_dev
                  mutex_lock group->mutex
                  vfio_iommu_sva_shutdown ...
                  mutex_unlock group->mutex
                iommu_detach_group ...
                list_del vfio_group G0 from next
                kfree vfio_group G0
                iommu_domain_free ...
              list_del vfio_domain from next
              kfree vfio_domain
              mutex_unlock iommu->lock
              kfree vfio_iommu C0
            """);
    assertThat(d0.iommuParam.svaParam.now()).isNull();
  }

  @Test
  void theDriverIsToldOfADetachWithoutDefaultDomain() {
    IommuGroup g1 = world.group("G1", World.NO_DEFAULT_DOMAIN, "D1");
    VfioIommu c1 = world.container("C1");
    world.attach(c1, g1);
    world.type1().vfioIommuType1DetachGroup(c1, g1);

    assertThat(g1.devices().get(0).iommuPriv.ste.now()).isNull();
  }

  @Test
  void whoWaitsForACallbackLeavesTheBondToTheExit() {
    world.bind(c0, p0);
    IommuBond bond = world.bond(d0);
    bond.mmExitActive.set(true);
    World.Waiter waiter = world.waiter("T1", p0, () -> world.sva().__iommuSvaUnbindDevice(d0, 1));
    assertThat(bond.refs.now()).isEqualTo(2);

    world.sva().globals.iommuSvaLock.lock();
    bond.mmExitActive.set(false);
    bond.mmExitWq.wakeUpAll();
    assertThat(world.record(() -> world.sva().ioMmDetachLocked(bond, false)))
        .follows(
            """
            io_mm_detach_locked
              arm_smmu_mm_detach
              list_del iommu_bond D0-P0 from mm_head
              list_del iommu_bond D0-P0 from domain_head
              list_del iommu_bond D0-P0 from dev_head
              io_mm_put_locked ...
              dec bond->refs
            """);
    world.sva().globals.iommuSvaLock.unlock();
    assertThat(world.record(waiter::finish))
        .follows(
            """
            [T1]
                spin_lock iommu_sva_lock
                dec bond->refs: it is zero now
                kfree iommu_bond D0-P0
              spin_unlock iommu_sva_lock
            """);
  }

  @Test
  void allBondsOfADeviceAreEndedFromTheFront() {
    world.bind(c0, p0);
    world.bind(c0, p1);

    assertThat(world.record(() -> world.sva().__iommuSvaUnbindDevAll(d0)))
        .follows(
            """
            __iommu_sva_unbind_dev_all
              iopf_queue_flush_dev ...
              spin_lock iommu_sva_lock
              io_mm_detach_locked ...
              io_mm_detach_locked ...
              spin_unlock iommu_sva_lock
            """);
    assertThat(world.sva().bondsOf(d0)).isEmpty();
  }
}
