package dev.mmexit.vfio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.mm.Task;
import dev.mmexit.support.Trace;
import dev.mmexit.support.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code vfio_iommu_type1_ioctl}: what is checked of the argument, and in which order. */
class IoctlTest {
  private static final int BIND = VfioIommuIoctl.VFIO_IOMMU_BIND;
  private static final int UNBIND = VfioIommuIoctl.VFIO_IOMMU_UNBIND;

  private final World world = new World();
  private final VfioIommu c0 = world.containerOf(world.group("G0", "D0"));
  private final Task p0 = world.process("P0", 100);
  private final UserBind arg = UserBind.ofPid(world.engine(), 100);

  private Trace ioctl(int cmd) {
    world.runAs(p0);
    return world.record(() -> world.type1().vfioIommuType1Ioctl(c0, cmd, arg));
  }

  @Test
  void numbersAreThoseOfTheHeader() {
    assertThat(BIND).isEqualTo(0x3b00 + 100 + 22);
    assertThat(UNBIND).isEqualTo(BIND + 1);
    assertThat(UserBind.SIZE).isEqualTo(20);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 0x3b00 + 100 + 21, 0x3b00 + 100 + 24})
  void knowsNoOtherCommand(int cmd) {
    assertThat(ioctl(cmd)).follows("vfio_iommu_type1_ioctl: -ENOTTY");
  }

  @ParameterizedTest
  @ValueSource(ints = {VfioIommuIoctl.VFIO_IOMMU_BIND, VfioIommuIoctl.VFIO_IOMMU_UNBIND})
  void cannotReadTheHeader(int cmd) {
    arg.headerUnmapped.set(true);
    arg.argsz.set(0);

    assertThat(ioctl(cmd))
        .follows(
            """
            vfio_iommu_type1_ioctl: -EFAULT
              copy_from_user
            """);
  }

  @ParameterizedTest
  @ValueSource(ints = {VfioIommuIoctl.VFIO_IOMMU_BIND, VfioIommuIoctl.VFIO_IOMMU_UNBIND})
  void refusesASizeBelowTheHeader(int cmd) {
    arg.argsz.set(7);

    assertThat(ioctl(cmd))
        .follows(
            """
            vfio_iommu_type1_ioctl: -EINVAL
              copy_from_user
            """);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 3})
  void refusesOtherFlags(int flags) {
    arg.flags.set(flags);

    for (int cmd : new int[] {BIND, UNBIND}) {
      assertThat(ioctl(cmd))
          .follows(
              """
              vfio_iommu_type1_ioctl: -EINVAL
                copy_from_user
              """);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 19})
  void refusesASizeBelowTheWhole(int argsz) {
    arg.argsz.set(argsz);

    assertThat(ioctl(BIND))
        .follows(
            """
            vfio_iommu_type1_ioctl: -EINVAL
              copy_from_user
              vfio_iommu_type1_bind_process: -EINVAL
            """);
    assertThat(ioctl(UNBIND))
        .follows(
            """
            vfio_iommu_type1_ioctl: -EINVAL
              copy_from_user
              vfio_iommu_type1_unbind_process: -EINVAL
            """);
  }

  @Test
  void cannotReadTheData() {
    arg.dataUnmapped.set(true);
    arg.processFlags.set(2);

    assertThat(ioctl(BIND))
        .follows(
            """
            vfio_iommu_type1_ioctl: -EFAULT
              copy_from_user
              vfio_iommu_type1_bind_process: -EFAULT
                copy_from_user
            """);
    assertThat(ioctl(UNBIND))
        .follows(
            """
            vfio_iommu_type1_ioctl: -EFAULT
              copy_from_user
              vfio_iommu_type1_unbind_process: -EFAULT
                copy_from_user
            """);
  }

  @Test
  void refusesOtherFlagsOfTheDataBeforeItLooksForAProcess() {
    arg.processFlags.set(3);
    arg.pid.set(999);

    assertThat(ioctl(BIND))
        .follows(
            """
            vfio_iommu_type1_ioctl: -EINVAL
              copy_from_user
              vfio_iommu_type1_bind_process: -EINVAL
                copy_from_user
            """);
    assertThat(ioctl(UNBIND))
        .follows(
            """
            vfio_iommu_type1_ioctl: -EINVAL
              copy_from_user
              vfio_iommu_type1_unbind_process: -EINVAL
                copy_from_user
            """);
  }

  @Test
  void passesOnWhatItFound() {
    assertThat(ioctl(BIND))
        .returned(0)
        .follows(
            """
            vfio_iommu_type1_ioctl
              copy_from_user
              vfio_iommu_type1_bind_process ...
            """);
    assertThat(ioctl(UNBIND))
        .returned(0)
        .follows(
            """
            vfio_iommu_type1_ioctl
              copy_from_user
              vfio_iommu_type1_unbind_process ...
            """);
    assertThat(ioctl(UNBIND))
        .follows(
            """
            vfio_iommu_type1_ioctl: -ESRCH
              copy_from_user
              vfio_iommu_type1_unbind_process: -ESRCH ...
            """);
  }
}
