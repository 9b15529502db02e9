package dev.mmexit.vfio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.support.World;
import org.junit.jupiter.api.Test;

/** Files of containers and groups: closed once, released with the last reference. */
class VfioFileTest {
  private final World world = new World();
  private final VfioFile<VfioContainer> file = world.kernel().openContainer("C0", true);

  @Test
  void closesOnce() {
    assertThat(world.record(file::closeFd))
        .returned(1)
        .follows(
            """
            __close_fd
              spin_lock filep->file_lock
              spin_unlock filep->file_lock
              dec filep->f_count: it is zero now
            """);
    assertThat(world.record(file::closeFd))
        .returned(-9)
        .follows(
            """
            __close_fd: -EBADF
              spin_lock filep->file_lock
              spin_unlock filep->file_lock
            """);
    assertThat(file.fdget()).isFalse();
  }

  @Test
  void whoeverUsesItLastReleasesIt() {
    assertThat(file.fdget()).isTrue();
    assertThat(file.closeFd()).isZero();

    assertThat(world.record(file::fdput))
        .follows(
            """
            fdput
              dec filep->f_count: it is zero now
              __fput
                vfio_fops_release ...
            """);
  }

  @Test
  void nobodyCountsWhereNobodyCloses() {
    VfioFile<VfioContainer> open = world.kernel().openContainer("C1", false);

    assertThat(world.record(open::fdget)).returned(true).follows("");
    assertThat(world.record(open::fdput)).follows("");
  }
}
