package dev.mmexit.vfio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mmexit.iommu.IommuGroup;
import dev.mmexit.kernel.FindingKind;
import dev.mmexit.kernel.KernelBug;
import dev.mmexit.support.Trace;
import dev.mmexit.support.World;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The container's side of drivers/vfio/vfio.c: its file, its driver and its ioctls. */
class VfioContainerTest {
  private static final int TYPE1V2 = VfioIommuIoctl.VFIO_TYPE1V2_IOMMU;

  private final World world = new World();
  private final Vfio vfio = world.kernel().vfio();
  private final VfioFile<VfioContainer> file = world.kernel().openContainer("C0", false);
  private final VfioContainer c0 = Objects.requireNonNull(file.privateData.now());

  private VfioCoreGroup add(IommuGroup iommuGroup) {
    VfioCoreGroup group =
        Objects.requireNonNull(world.kernel().openGroup(iommuGroup, false).privateData.now());
    assertThat(vfio.vfioGroupSetContainer(group, file)).isNotNegative();
    return group;
  }

  private Trace setIommu(int arg) {
    return world.record(() -> vfio.vfioIoctlSetIommu(c0, arg));
  }

  private Trace bind(UserBind arg) {
    return world.record(
        () ->
            vfio.vfioFopsUnlIoctl(
                file,
                (type1, iommu) ->
                    type1.vfioIommuType1Ioctl(iommu, VfioIommuIoctl.VFIO_IOMMU_BIND, arg)));
  }

  @Test
  void opensWithOneReferenceAndNothingElse() {
    VfioFile<VfioContainer> other =
        new VfioFile<>(world.engine(), "vfio_container", "C1", false, vfio::vfioFopsRelease);

    assertThat(world.record(() -> vfio.vfioFopsOpen(other)))
        .follows(
            """
            vfio_fops_open
              kzalloc vfio_container
            """);
    VfioContainer opened = Objects.requireNonNull(other.privateData.now());
    assertThat(opened.kref.now()).isEqualTo(1);
    assertThat(opened.groupList.now()).isEmpty();
    assertThat(opened.iommuDriver.now()).isNull();
    assertThat(opened.iommuData.now()).isNull();
  }

  @Test
  void releaseDropsAReferenceAndDetachesNothing() {
    add(world.group("G0", "D0"));
    setIommu(TYPE1V2);

    assertThat(world.record(() -> vfio.vfioFopsRelease(file)))
        .follows(
            """
            vfio_fops_release
              vfio_container_put
                dec container->kref
            """);
    assertThat(file.privateData.now()).isNull();
    assertThat(c0.groupList.now()).hasSize(1);
    assertThat(c0.iommuData.now()).isNotNull();
  }

  @Test
  void lastReleaseFreesIt() {
    assertThat(world.record(() -> vfio.vfioFopsRelease(file)))
        .follows(
            """
            vfio_fops_release
              vfio_container_put
                dec container->kref: it is zero now
                kfree vfio_container C0
            """);
  }

  @Test
  void setIommuNeedsAGroup() {
    assertThat(setIommu(TYPE1V2))
        .returned(-22)
        .follows(
            """
            vfio_ioctl_set_iommu: -EINVAL
              down_write container->group_lock
              up_write container->group_lock
            """);
  }

  @Test
  void setIommuAttachesEveryGroupFromTheNewest() {
    VfioCoreGroup g0 = add(world.group("G0", "D0"));
    VfioCoreGroup g1 = add(world.group("G1", World.NOT_COHERENT, "D1"));
    world.watch("iommu_driver", "iommu_data");

    assertThat(setIommu(TYPE1V2))
        .returned(0)
        .follows(
            """
            vfio_ioctl_set_iommu
              down_write container->group_lock
              mutex_lock vfio.iommu_drivers_lock
              vfio_iommu_type1_ioctl
              vfio_iommu_type1_open
                kzalloc vfio_iommu
              __vfio_container_attach_groups
                vfio_iommu_type1_attach_group ...
                vfio_iommu_type1_attach_group ...
              container->iommu_driver = vfio_iommu_driver
              container->iommu_data = vfio_iommu C0
              mutex_unlock vfio.iommu_drivers_lock
              up_write container->group_lock
            """);
    VfioIommu iommu = Objects.requireNonNull(c0.iommuData.now());
    assertThat(iommu.groupsNow()).containsExactly(g0.iommuGroup, g1.iommuGroup);
    assertThat(iommu.v2.now()).isTrue();
    assertThat(iommu.nesting.now()).isFalse();
  }

  @Test
  void setIommuHappensOnce() {
    add(world.group("G0", "D0"));
    setIommu(TYPE1V2);

    assertThat(setIommu(TYPE1V2)).returned(-22);
  }

  @Test
  void setIommuDetachesInReverseWhereAGroupIsRefused() {
    IommuGroup elsewhere = world.group("G0", "D0");
    world.containerOf(elsewhere);
    add(elsewhere);
    VfioCoreGroup g1 = add(world.group("G1", "D1"));
    VfioCoreGroup g2 = add(world.group("G2", World.NOT_COHERENT, "D2"));

    assertThat(setIommu(TYPE1V2))
        .returned(-16)
        .follows(
            """
            vfio_ioctl_set_iommu: -EBUSY
              down_write container->group_lock
              mutex_lock vfio.iommu_drivers_lock
              vfio_iommu_type1_ioctl
              vfio_iommu_type1_open
                kzalloc vfio_iommu
              __vfio_container_attach_groups: -EBUSY
                vfio_iommu_type1_attach_group ...
                vfio_iommu_type1_attach_group ...
                vfio_iommu_type1_attach_group: -EBUSY ...
                vfio_iommu_type1_detach_group
                  mutex_lock iommu->lock
                  find_iommu_group
                  iommu_detach_group ...
                  list_del vfio_group G1 from next
                  kfree vfio_group G1
                  iommu_domain_free ...
                  list_del vfio_domain from next
                  kfree vfio_domain
                  mutex_unlock iommu->lock
                vfio_iommu_type1_detach_group
                  mutex_lock iommu->lock
                  find_iommu_group
                  iommu_detach_group ...
                  list_del vfio_group G2 from next
                  kfree vfio_group G2
                  vfio_iommu_unmap_unpin_all
                  vfio_iommu_free_all_mm
                  iommu_domain_free ...
                  list_del vfio_domain from next
                  kfree vfio_domain
                  mutex_unlock iommu->lock
              vfio_iommu_type1_release
                vfio_iommu_free_all_mm
                vfio_iommu_unmap_unpin_all
                kfree vfio_iommu C0
              mutex_unlock vfio.iommu_drivers_lock
              up_write container->group_lock
            """);
    assertThat(c0.iommuDriver.now()).isNull();
    assertThat(c0.groupList.now()).contains(g1, g2).hasSize(3);
  }

  @Test
  void setIommuAsksOneDriverAfterTheOther() {
    VfioIommuDriver driver = new VfioIommuDriver(world.engine(), world.type1());
    Vfio two = new Vfio(world.engine(), List.of(driver, driver));
    IommuGroup elsewhere = world.group("G0", "D0");
    world.containerOf(elsewhere);
    add(elsewhere);

    assertThat(world.record(() -> two.vfioIoctlSetIommu(c0, TYPE1V2)))
        .returned(-16)
        .follows(
            """
            vfio_ioctl_set_iommu: -EBUSY
              down_write container->group_lock
              mutex_lock vfio.iommu_drivers_lock
              vfio_iommu_type1_ioctl
              vfio_iommu_type1_open ...
              __vfio_container_attach_groups: -EBUSY ...
              vfio_iommu_type1_release ...
              vfio_iommu_type1_ioctl
              vfio_iommu_type1_open ...
              __vfio_container_attach_groups: -EBUSY ...
              vfio_iommu_type1_release ...
              mutex_unlock vfio.iommu_drivers_lock
              up_write container->group_lock
            """);
  }

  @Test
  void noDriverKnowsTheKind() {
    add(world.group("G0", "D0"));

    assertThat(setIommu(2))
        .returned(-19)
        .follows(
            """
            vfio_ioctl_set_iommu: -ENODEV
              down_write container->group_lock
              mutex_lock vfio.iommu_drivers_lock
              vfio_iommu_type1_ioctl
              mutex_unlock vfio.iommu_drivers_lock
              up_write container->group_lock
            """);
  }

  @Test
  void nestingIsAKind() {
    add(world.group("G0", "D0"));
    setIommu(VfioIommuIoctl.VFIO_TYPE1_NESTING_IOMMU);

    assertThat(Objects.requireNonNull(c0.iommuData.now()).nesting.now()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "3, 1", "6, 1", "4, 0", "2, 0", "0, 0"})
  void asksEveryDriverWhileThereIsNone(int extension, int answer) {
    assertThat(world.record(() -> vfio.vfioIoctlCheckExtension(c0, extension)))
        .returned(answer)
        .follows(
            """
            vfio_ioctl_check_extension
              down_read container->group_lock
              mutex_lock vfio.iommu_drivers_lock
              vfio_iommu_type1_ioctl
              mutex_unlock vfio.iommu_drivers_lock
              up_read container->group_lock
            """);
  }

  @Test
  void asksItsDriverUnderTheGroupLock() {
    add(world.group("G0", "D0"));
    setIommu(TYPE1V2);

    assertThat(
            world.record(() -> vfio.vfioIoctlCheckExtension(c0, VfioIommuIoctl.VFIO_DMA_CC_IOMMU)))
        .returned(1)
        .follows(
            """
            vfio_ioctl_check_extension
              down_read container->group_lock
              vfio_iommu_type1_ioctl
                vfio_domains_have_iommu_cache
                  mutex_lock iommu->lock
                  mutex_unlock iommu->lock
              up_read container->group_lock
            """);
  }

  @Test
  void oneDomainWithoutCoherencyIsEnoughToSayNo() {
    add(world.group("G0", "D0"));
    add(world.group("G1", World.NOT_COHERENT, "D1"));
    setIommu(TYPE1V2);

    assertThat(vfio.vfioIoctlCheckExtension(c0, VfioIommuIoctl.VFIO_DMA_CC_IOMMU)).isZero();
  }

  @Test
  void type1KnowsNoOtherNumber() {
    assertThat(world.type1().vfioIommuType1Ioctl(null, 0, TYPE1V2)).isEqualTo(-25);
  }

  @Test
  void ioctlsNeedADriver() {
    UserBind arg = UserBind.ofPid(world.engine(), world.process("P0", 100).pid);

    assertThat(bind(arg)).returned(-22).follows("vfio_fops_unl_ioctl: -EINVAL");
  }

  @Test
  void ioctlsArePassedThroughWithoutALock() {
    add(world.group("G0", "D0"));
    setIommu(TYPE1V2);
    UserBind arg = UserBind.ofPid(world.engine(), world.process("P0", 100).pid);

    assertThat(bind(arg))
        .returned(0)
        .follows(
            """
            vfio_fops_unl_ioctl
              vfio_iommu_type1_ioctl ...
            """);
    assertThat(World.listed(Objects.requireNonNull(c0.iommuData.now()))).containsExactly("P0");
  }

  @Test
  void aDriverWithoutDataIsFoundWhereTheLockIsTaken() {
    c0.iommuDriver.set(new VfioIommuDriver(world.engine(), world.type1()));
    UserBind arg = UserBind.ofPid(world.engine(), world.process("P0", 100).pid);

    KernelBug bug = catchThrowableOfType(KernelBug.class, () -> bind(arg));
    assertThat(bug.kind()).isEqualTo(FindingKind.NULL_DEREFERENCE);
    assertThat(bug.sentence()).contains("vfio_iommu_type1_bind_process()");

    arg.pid.set(99);
    assertThat(bind(arg)).returned(-3);
  }

  @Test
  void ioctlsOfAReleasedFileFindNothing() {
    file.privateData.set(null);

    assertThat(vfio.vfioFopsUnlIoctl(file, (type1, iommu) -> 0)).isEqualTo(-22);
  }
}
