package dev.mmexit.variant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.iommu.Device;
import dev.mmexit.iommu.IoMm;
import dev.mmexit.iommu.IommuBond;
import dev.mmexit.iommu.IommuGroup;
import dev.mmexit.mm.MmStruct;
import dev.mmexit.mm.Task;
import dev.mmexit.support.Trace;
import dev.mmexit.support.World;
import dev.mmexit.vfio.UserBind;
import dev.mmexit.vfio.Vfio;
import dev.mmexit.vfio.VfioContainer;
import dev.mmexit.vfio.VfioCoreGroup;
import dev.mmexit.vfio.VfioFile;
import dev.mmexit.vfio.VfioGroup;
import dev.mmexit.vfio.VfioIommu;
import dev.mmexit.vfio.VfioIommuIoctl;
import dev.mmexit.vfio.VfioMm;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the small variants do where the code as posted does something else. */
class ReviewVariantsTest {
  /** A world with one group in one container, and P0 bound to it. */
  private static final class Bound {
    final World world;
    final Device d0;
    final IommuGroup g0;
    final VfioIommu c0;
    final Task p0;

    Bound(Variant variant) {
      world = new World(variant);
      g0 = world.group("G0", "D0");
      d0 = g0.devices().get(0);
      c0 = world.containerOf(g0);
      p0 = world.process("P0", 100);
      world.runAs(world.process("manager", 1));
      world.bind(c0, p0);
    }

    VfioGroup notYet(IommuGroup group) {
      VfioGroup record = new VfioGroup(world.engine());
      record.nameIt(group.name());
      record.iommuGroup.set(group);
      return record;
    }

    Trace replay() {
      VfioGroup record = notYet(world.group("G1", "D1"));
      return world.record(() -> world.type1().vfioIommuReplayBind(c0, record));
    }

    Trace ioctl(int command, UserBind arg) {
      return world.record(() -> world.type1().vfioIommuType1Ioctl(c0, command, arg));
    }
  }

  @Test
  void mmputSyncPutsAtOnce() {
    assertThat(new Bound(new MmputSync()).replay())
        .returned(0)
        .follows(
            """
            vfio_iommu_replay_bind
              mmget_not_zero
                inc_not_zero mm->mm_users
              vfio_iommu_bind_group ...
              mmput
                dec mm->mm_users
            """);
  }

  @Test
  void noMmgetTakesNothing() {
    assertThat(new Bound(new NoMmget()).replay())
        .returned(0)
        .follows(
            """
            vfio_iommu_replay_bind
              vfio_iommu_bind_group ...
            """);
  }

  @Test
  void unbindByPasidLooksForThePasidAlone() {
    Bound bound = new Bound(new UnbindByPasid());
    UserBind arg = UserBind.ofPid(bound.world.engine(), 4711);
    arg.setUserPasid(() -> 1);

    assertThat(bound.ioctl(VfioIommuIoctl.VFIO_IOMMU_UNBIND, arg))
        .returned(0)
        .follows(
            """
            vfio_iommu_type1_ioctl
              copy_from_user
              vfio_iommu_type1_unbind_process
                copy_from_user
                mutex_lock iommu->lock
                vfio_iommu_unbind ...
                list_del vfio_mm P0 from next
                kfree vfio_mm P0
                mutex_unlock iommu->lock
            """);
    assertThat(bound.ioctl(VfioIommuIoctl.VFIO_IOMMU_UNBIND, arg))
        .follows(
            """
            vfio_iommu_type1_ioctl: -ESRCH
              copy_from_user
              vfio_iommu_type1_unbind_process: -ESRCH
                copy_from_user
                mutex_lock iommu->lock
                mutex_unlock iommu->lock
            """);
  }

  @Test
  void unbindByPasidChecksItsArgument() {
    Bound bound = new Bound(new UnbindByPasid());
    UserBind arg = UserBind.ofPid(bound.world.engine(), 100);
    arg.processFlags.set(2);
    assertThat(bound.ioctl(VfioIommuIoctl.VFIO_IOMMU_UNBIND, arg)).returned(-22);
    arg.processFlags.set(1);
    arg.argsz.set(UserBind.SIZE - 1);
    assertThat(bound.ioctl(VfioIommuIoctl.VFIO_IOMMU_UNBIND, arg)).returned(-22);
    arg.argsz.set(UserBind.SIZE);
    arg.dataUnmapped.set(true);
    assertThat(bound.ioctl(VfioIommuIoctl.VFIO_IOMMU_UNBIND, arg)).returned(-14);
    assertThat(World.listed(bound.c0)).containsExactly("P0");
  }

  @Test
  void unlockedDetachLeavesTheDomainWithoutTheLock() {
    Bound bound = new Bound(new UnlockedDetach());

    assertThat(
            bound.world.record(
                () -> bound.world.type1().vfioIommuType1DetachGroup(bound.c0, bound.g0)))
        .follows(
            """
            vfio_iommu_type1_detach_group
              mutex_lock iommu->lock
              find_iommu_group
              mutex_unlock iommu->lock
              iommu_detach_group ...
              iommu_group_for_each_dev
                mutex_lock group->mutex
                vfio_iommu_sva_shutdown ...
                mutex_unlock group->mutex
              mutex_lock iommu->lock
              list_del vfio_group G0 from next
              kfree vfio_group G0
              vfio_iommu_unmap_unpin_all
              vfio_iommu_free_all_mm
                kfree vfio_mm P0
              iommu_domain_free ...
              list_del vfio_domain from next
              kfree vfio_domain
              mutex_unlock iommu->lock
            """);
  }

  @Test
  void noWaitEndsABondThatIsInItsCallback() {
    Bound bound = new Bound(new NoWait());
    IommuBond bond = bound.world.bond(bound.d0);
    bond.mmExitActive.set(true);
    bound.world.sva().globals.iommuSvaLock.lock();

    assertThat(bound.world.record(() -> bound.world.sva().ioMmDetachLocked(bond, true)))
        .follows(
            """
            io_mm_detach_locked
              inc bond->refs
              arm_smmu_mm_detach
              list_del iommu_bond D0-P0 from mm_head
              list_del iommu_bond D0-P0 from domain_head
              list_del iommu_bond D0-P0 from dev_head
              io_mm_put_locked ...
              kfree iommu_bond D0-P0
            """);
  }

  /** The device has PASIDs 2 and 3 only, and P0 has 1. */
  @Test
  void unconditionalUnwindUnbindsTheOnlyDevice() {
    Bound bound = new Bound(new UnconditionalUnwind());
    VfioGroup record =
        bound.notYet(
            bound.world.group("G1", new GroupOptions(true, false, true, false, true, 2, 3), "D1"));
    VfioMm vfioMm = bound.c0.mmList.now().get(0);

    assertThat(
            bound.world.record(
                () -> bound.world.type1().vfioIommuBindGroup(bound.c0, record, vfioMm)))
        .follows(
            """
            vfio_iommu_bind_group: -ERANGE
              iommu_group_for_each_dev ...
              iommu_group_for_each_dev: -ERANGE
                mutex_lock group->mutex
                vfio_iommu_sva_bind_dev: -ERANGE ...
                mutex_unlock group->mutex
              iommu_group_for_each_dev: -ESRCH
                mutex_lock group->mutex
                vfio_iommu_sva_unbind_dev: -ESRCH ...
                mutex_unlock group->mutex
              iommu_group_for_each_dev
                mutex_lock group->mutex
                vfio_iommu_sva_shutdown ...
                mutex_unlock group->mutex
            """);
  }

  /** Commands, sizes and flags, right and wrong: the trace is that of the two blocks. */
  @ParameterizedTest
  @ValueSource(
      strings = {"BIND", "UNBIND", "BIND header", "UNBIND argsz", "BIND flags", "UNBIND pid", "0"})
  void mergedIoctlDoesWhatTheTwoBlocksDo(String what) {
    assertThat(ioctl(new MergedIoctl(), what).toString())
        .isEqualTo(ioctl(new V2(), what).toString());
  }

  private static Trace ioctl(Variant variant, String what) {
    Bound bound = new Bound(variant);
    UserBind arg = UserBind.ofPid(bound.world.engine(), what.endsWith("pid") ? 4711 : 100);
    arg.headerUnmapped.set(what.endsWith("header"));
    if (what.endsWith("argsz")) {
      arg.argsz.set(7);
    } else if (what.endsWith("flags")) {
      arg.flags.set(3);
    }
    int command =
        what.startsWith("BIND")
            ? VfioIommuIoctl.VFIO_IOMMU_BIND
            : what.startsWith("UNBIND") ? VfioIommuIoctl.VFIO_IOMMU_UNBIND : 0;
    return bound.ioctl(command, arg);
  }

  @Test
  void groupLockIoctlHoldsTheGroupLockAroundTheDriver() {
    World world = new World(new GroupLockIoctl());
    Vfio vfio = world.kernel().vfio();
    VfioFile<VfioContainer> file = world.kernel().openContainer("C0", false);
    assertThat(world.record(() -> vfio.vfioFopsUnlIoctl(file, (type1, iommu) -> 0)))
        .follows(
            """
            vfio_fops_unl_ioctl: -EINVAL
              down_read container->group_lock
              up_read container->group_lock
            """);

    VfioCoreGroup group =
        Objects.requireNonNull(
            world.kernel().openGroup(world.group("G0", "D0"), false).privateData.now());
    vfio.vfioGroupSetContainer(group, file);
    vfio.vfioIoctlSetIommu(
        Objects.requireNonNull(file.privateData.now()), VfioIommuIoctl.VFIO_TYPE1V2_IOMMU);
    UserBind arg = UserBind.ofPid(world.engine(), 4711);
    assertThat(
            world.record(
                () ->
                    vfio.vfioFopsUnlIoctl(
                        file,
                        (type1, iommu) ->
                            type1.vfioIommuType1Ioctl(iommu, VfioIommuIoctl.VFIO_IOMMU_BIND, arg))))
        .follows(
            """
            vfio_fops_unl_ioctl: -ESRCH
              down_read container->group_lock
              vfio_iommu_type1_ioctl: -ESRCH ...
              up_read container->group_lock
            """);
  }

  @Test
  void tombstonesAreMadeUnderTheSvaLock() {
    Bound bound = new Bound(new V1Tombstone());
    IoMm ioMm = bound.world.bond(bound.d0).ioMm.now();
    MmStruct mm = bound.p0.mm.now();
    bound.world.watch("mm");

    assertThat(bound.world.record(() -> bound.world.sva().iommuNotifierRelease(ioMm, mm)))
        .follows(
            """
            iommu_notifier_release
              spin_lock iommu_sva_lock
              io_mm_get_locked
                inc_not_zero io_mm->kref
              iommu_signal_mm_exit
                vfio_iommu_mm_exit
                  spin_lock vfio_mm->lock
                  vfio_mm->mm = null
                  spin_unlock vfio_mm->lock
              io_mm_detach_locked
                arm_smmu_mm_detach
                list_del iommu_bond D0-P0 from mm_head
                list_del iommu_bond D0-P0 from domain_head
                list_del iommu_bond D0-P0 from dev_head
                io_mm_put_locked
                  dec io_mm->kref
                kfree iommu_bond D0-P0
              spin_unlock iommu_sva_lock
              io_mm_put ...
            """);
    assertThat(World.listed(bound.c0)).containsExactly("P0");
    assertThat(bound.replay())
        .returned(0)
        .follows(
            """
            vfio_iommu_replay_bind
              spin_lock vfio_mm->lock
              spin_unlock vfio_mm->lock
            """);
  }

  @Test
  void replayTestsTheAddressSpaceUnderTheLockOfTheRecord() {
    assertThat(new Bound(new V1Tombstone()).replay())
        .returned(0)
        .follows(
            """
            vfio_iommu_replay_bind
              spin_lock vfio_mm->lock
              mmget_not_zero
                inc_not_zero mm->mm_users
              spin_unlock vfio_mm->lock
              vfio_iommu_bind_group ...
              mmput_async
                dec mm->mm_users
            """);
  }

  /** The device has PASIDs 2 and 3 only: P1 has 2 and P0 has 1. */
  @Test
  void tombstoneUndoesAReplayWithAReference() {
    Bound bound = new Bound(new V1Tombstone());
    bound.world.bind(bound.c0, bound.world.process("P1", 101));
    VfioGroup record =
        bound.notYet(
            bound.world.group("G1", new GroupOptions(true, false, true, false, true, 2, 3), "D1"));

    assertThat(bound.world.record(() -> bound.world.type1().vfioIommuReplayBind(bound.c0, record)))
        .follows(
            """
            vfio_iommu_replay_bind: -ERANGE
              spin_lock vfio_mm->lock
              mmget_not_zero
                inc_not_zero mm->mm_users
              spin_unlock vfio_mm->lock
              vfio_iommu_bind_group ...
              mmput_async
                dec mm->mm_users
              spin_lock vfio_mm->lock
              mmget_not_zero
                inc_not_zero mm->mm_users
              spin_unlock vfio_mm->lock
              vfio_iommu_bind_group: -ERANGE ...
              mmput_async
                dec mm->mm_users
              spin_lock vfio_mm->lock
              mmget_not_zero
                inc_not_zero mm->mm_users
              spin_unlock vfio_mm->lock
              vfio_iommu_unbind_group ...
              mmput_async
                dec mm->mm_users
            """);
  }
}
