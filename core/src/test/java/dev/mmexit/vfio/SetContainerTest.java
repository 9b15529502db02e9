package dev.mmexit.vfio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.iommu.IommuGroup;
import dev.mmexit.support.Trace;
import dev.mmexit.support.World;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The group's side of drivers/vfio/vfio.c: into a container and out of it. */
class SetContainerTest {
  private static final int TYPE1V2 = VfioIommuIoctl.VFIO_TYPE1V2_IOMMU;

  private final World world = new World();
  private final Vfio vfio = world.kernel().vfio();
  private final VfioFile<VfioContainer> file = world.kernel().openContainer("C0", false);
  private final VfioContainer c0 = Objects.requireNonNull(file.privateData.now());
  private final IommuGroup iommuGroup = world.group("G0", "D0");
  private final VfioFile<VfioCoreGroup> groupFile = world.kernel().openGroup(iommuGroup, false);
  private final VfioCoreGroup g0 = Objects.requireNonNull(groupFile.privateData.now());

  private VfioCoreGroup another(IommuGroup iommuGroup) {
    return Objects.requireNonNull(world.kernel().openGroup(iommuGroup, false).privateData.now());
  }

  private Trace set(VfioCoreGroup group) {
    return world.record(() -> vfio.vfioGroupSetContainer(group, file));
  }

  private Trace unset(VfioCoreGroup group) {
    return world.record(() -> vfio.vfioGroupUnsetContainer(group));
  }

  @Test
  void opensOnceAtATime() {
    VfioFile<VfioCoreGroup> second =
        new VfioFile<>(world.engine(), "vfio_group", "G0", false, vfio::vfioGroupFopsRelease);

    assertThat(world.record(() -> vfio.vfioGroupFopsOpen(g0, second)))
        .returned(-16)
        .follows(
            """
            vfio_group_fops_open: -EBUSY
              vfio_group_get
                inc group->kref
              cmpxchg group->opened: it was 1
              vfio_group_put
                dec group->kref
            """);
    assertThat(second.privateData.now()).isNull();
    assertThat(g0.kref.now()).isEqualTo(2);
  }

  @Test
  void doesNotOpenAGroupThatIsStillInAContainer() {
    vfio.vfioGroupSetContainer(g0, file);
    g0.opened.dec();

    assertThat(world.record(() -> vfio.vfioGroupFopsOpen(g0, groupFile)))
        .returned(-16)
        .follows(
            """
            vfio_group_fops_open: -EBUSY
              vfio_group_get
                inc group->kref
              cmpxchg group->opened: it was 0
              dec group->opened
              vfio_group_put
                dec group->kref
            """);
    assertThat(g0.opened.now()).isZero();
  }

  @Test
  void joinsAContainerWithoutADriver() {
    world.watch("container");

    assertThat(set(g0))
        .returned(Vfio.FIRST_GROUP)
        .follows(
            """
            vfio_group_set_container
              read group->container_users: it is 0
              down_write container->group_lock
              group->container = vfio_container C0
              list_add vfio_group G0 to container->group_list
              vfio_container_get
                inc container->kref
              inc group->container_users
              up_write container->group_lock
            """);
    assertThat(g0.containerUsers.now()).isEqualTo(1);
    assertThat(c0.kref.now()).isEqualTo(2);

    VfioCoreGroup g1 = another(world.group("G1", "D1"));
    assertThat(set(g1)).returned(0);
    assertThat(c0.groupList.now()).containsExactly(g1, g0);
    assertThat(g1.iommuGroup.domain.now()).isSameAs(g1.iommuGroup.defaultDomain.now());
  }

  @Test
  void joinsAContainerWithADriver() {
    set(g0);
    vfio.vfioIoctlSetIommu(c0, TYPE1V2);
    VfioCoreGroup g1 = another(world.group("G1", "D1"));

    assertThat(set(g1))
        .returned(0)
        .follows(
            """
            vfio_group_set_container
              read group->container_users: it is 0
              down_write container->group_lock
              vfio_iommu_type1_attach_group ...
              list_add vfio_group G1 to container->group_list
              vfio_container_get
                inc container->kref
              inc group->container_users
              up_write container->group_lock
            """);
    VfioIommu iommu = Objects.requireNonNull(c0.iommuData.now());
    assertThat(iommu.groupsNow()).containsExactly(g1.iommuGroup, iommuGroup);
  }

  @Test
  void staysOutWhereTheDriverRefusesIt() {
    set(g0);
    vfio.vfioIoctlSetIommu(c0, TYPE1V2);
    IommuGroup elsewhere = world.group("G1", "D1");
    world.containerOf(elsewhere);
    VfioCoreGroup g1 = another(elsewhere);

    assertThat(set(g1))
        .returned(-16)
        .follows(
            """
            vfio_group_set_container: -EBUSY
              read group->container_users: it is 0
              down_write container->group_lock
              vfio_iommu_type1_attach_group: -EBUSY ...
              up_write container->group_lock
            """);
    assertThat(g1.containerUsers.now()).isZero();
    assertThat(g1.container.now()).isNull();
    assertThat(c0.groupList.now()).containsExactly(g0);
    assertThat(c0.kref.now()).isEqualTo(2);
  }

  @Test
  void looksAtTheUsersBeforeAllElse() {
    set(g0);

    assertThat(set(g0))
        .returned(-22)
        .follows(
            """
            vfio_group_set_container: -EINVAL
              read group->container_users: it is 1
            """);
  }

  @Test
  void needsAnOpenFileOfTheContainer() {
    VfioFile<VfioContainer> closed = world.kernel().openContainer("C1", true);
    closed.closeFd();

    assertThat(world.record(() -> vfio.vfioGroupSetContainer(g0, closed)))
        .returned(-9)
        .follows(
            """
            vfio_group_set_container: -EBADF
              read group->container_users: it is 0
              fdget
            """);
  }

  @Test
  void holdsTheFileOfTheContainerMeanwhile() {
    VfioFile<VfioContainer> shared = world.kernel().openContainer("C1", true);

    assertThat(world.record(() -> vfio.vfioGroupSetContainer(g0, shared)))
        .follows(
            """
            vfio_group_set_container
              read group->container_users: it is 0
              fdget
                inc_not_zero filep->f_count
              down_write container->group_lock
              list_add vfio_group G0 to container->group_list
              vfio_container_get
                inc container->kref
              inc group->container_users
              up_write container->group_lock
              fdput
                dec filep->f_count
            """);
  }

  @Test
  void leavesAContainerWithoutADriver() {
    set(g0);
    world.watch("container");

    assertThat(unset(g0))
        .returned(0)
        .follows(
            """
            vfio_group_unset_container
              cmpxchg group->container_users: it was 1
              __vfio_group_unset_container
                down_write container->group_lock
                group->container = null
                wake_up_all group->container_q
                list_del vfio_group G0 from container_next
                up_write container->group_lock
                vfio_container_put
                  dec container->kref
            """);
    assertThat(c0.groupList.now()).isEmpty();
  }

  @Test
  void leavesADriverToTheOthers() {
    set(g0);
    vfio.vfioIoctlSetIommu(c0, TYPE1V2);
    VfioCoreGroup g1 = another(world.group("G1", "D1"));
    set(g1);

    assertThat(unset(g0))
        .follows(
            """
            vfio_group_unset_container
              cmpxchg group->container_users: it was 1
              __vfio_group_unset_container
                down_write container->group_lock
                vfio_iommu_type1_detach_group ...
                wake_up_all group->container_q
                list_del vfio_group G0 from container_next
                up_write container->group_lock
                vfio_container_put
                  dec container->kref
            """);
    assertThat(c0.iommuDriver.now()).isNotNull();
    assertThat(Objects.requireNonNull(c0.iommuData.now()).groupsNow())
        .containsExactly(g1.iommuGroup);
  }

  @Test
  void takesTheDataAlongWhenItIsTheLast() {
    set(g0);
    vfio.vfioIoctlSetIommu(c0, TYPE1V2);
    world.watch("iommu_driver", "iommu_data");

    assertThat(unset(g0))
        .follows(
            """
            vfio_group_unset_container
              cmpxchg group->container_users: it was 1
              __vfio_group_unset_container
                down_write container->group_lock
                vfio_iommu_type1_detach_group ...
                wake_up_all group->container_q
                list_del vfio_group G0 from container_next
                vfio_iommu_type1_release
                  vfio_iommu_free_all_mm
                  vfio_iommu_unmap_unpin_all
                  kfree vfio_iommu C0
                container->iommu_driver = null
                container->iommu_data = null
                up_write container->group_lock
                vfio_container_put
                  dec container->kref
            """);
  }

  @Test
  void cannotLeaveWhereItIsNot() {
    assertThat(unset(g0))
        .returned(-22)
        .follows(
            """
            vfio_group_unset_container: -EINVAL
              cmpxchg group->container_users: it was 0
            """);
  }

  @Test
  void cannotLeaveWithOtherUsers() {
    set(g0);
    g0.containerUsers.inc();

    assertThat(unset(g0))
        .returned(-16)
        .follows(
            """
            vfio_group_unset_container: -EBUSY
              cmpxchg group->container_users: it was 2
            """);
    assertThat(g0.containerUsers.now()).isEqualTo(2);
  }

  @Test
  void leavesWhenItsFileIsReleased() {
    set(g0);

    assertThat(world.record(groupFile::release))
        .follows(
            """
            __fput
              vfio_group_fops_release
                vfio_group_try_dissolve_container
                  dec_if_positive group->container_users: 0
                  __vfio_group_unset_container ...
                dec group->opened
                vfio_group_put
                  dec group->kref
            """);
    assertThat(groupFile.privateData.now()).isNull();
    assertThat(g0.isAlive()).isTrue();
    assertThat(c0.groupList.now()).isEmpty();
  }

  @Test
  void otherUsersKeepItInWhenItsFileIsReleased() {
    set(g0);
    g0.containerUsers.inc();

    assertThat(world.record(() -> vfio.vfioGroupTryDissolveContainer(g0)))
        .follows(
            """
            vfio_group_try_dissolve_container
              dec_if_positive group->container_users: 1
            """);
    assertThat(g0.container.now()).isSameAs(c0);
  }

  @Test
  void aGroupOutOfAContainerIsNotTakenOut() {
    assertThat(world.record(() -> vfio.vfioGroupTryDissolveContainer(g0)))
        .follows(
            """
            vfio_group_try_dissolve_container
              dec_if_positive group->container_users: -1
            """);
    assertThat(g0.containerUsers.now()).isZero();
  }

  @Test
  void theContainerGoesWithItsLastReference() {
    set(g0);
    vfio.vfioFopsRelease(file);
    assertThat(c0.isAlive()).isTrue();

    assertThat(unset(g0))
        .follows(
            """
            vfio_group_unset_container
              cmpxchg group->container_users: it was 1
              __vfio_group_unset_container
                down_write container->group_lock
                wake_up_all group->container_q
                list_del vfio_group G0 from container_next
                up_write container->group_lock
                vfio_container_put
                  dec container->kref: it is zero now
                  kfree vfio_container C0
            """);
  }
}
