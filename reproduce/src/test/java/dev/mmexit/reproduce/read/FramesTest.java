package dev.mmexit.reproduce.read;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FramesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        " mutex_lock+0x1a/0x2b | mutex_lock",
        " vfio_iommu_mm_exit+0x3f/0x180 [vfio_iommu_type1] | vfio_iommu_mm_exit",
        " ? vfio_iommu_mm_exit+0x3f/0x180 [vfio_iommu_type1] | ? vfio_iommu_mm_exit",
        " __mutex_lock.isra.2+0x1a0/0x4e0 | __mutex_lock",
        " f.constprop.0.isra.1+0x1/0x2 | f",
        " f.part.0.cold+0x1/0x2 | f",
        " [<ffffffff81a0f866>] schedule+0x36/0x80 | schedule",
        " [<ffffffff81a0f2c4>] ? __schedule+0x2c4/0x830 | ? __schedule",
        "[<0>] io_mm_put+0x1/0x2 | io_mm_put",
        " io_mm_attach drivers/iommu/iommu-sva.c:301 [inline] | io_mm_attach",
        " f+0x24c/0x4e0 drivers/iommu/iommu-sva.c:588 | f",
        " vfio_iommu_type1_detach_group+0x154/ | vfio_iommu_type1_detach_group",
      })
  void aFrameIsReadWhateverIsAroundIt(String line, String frame) {
    assertThat(Frames.of(line).orElseThrow()).hasToString(frame);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Call Trace:",
        "the quick brown fox",
        " <TASK>",
        "CPU: 0 PID: 1 Comm: vmm Not tainted 4.17.0",
        "RAX: 0000000000000000 RBX: ffff88810b7c3000",
        "Code: aa0003e2 d0003e20"
      })
  void whatIsNoFrameIsNone(String line) {
    assertThat(Frames.of(line)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RIP: 0010:mutex_lock+0x1c/0x40 | mutex_lock",
        "RIP: 0010:[<ffffffff8151d0e4>] iommu_notifier_release+0xd4/0x1e8 | iommu_notifier_release",
        "pc : io_mm_detach_locked+0x60/0x1c0 | io_mm_detach_locked",
        "PC is at io_mm_put+0x1/0x2 | io_mm_put",
      })
  void theProgramCounterIsRead(String line, String function) {
    assertThat(Frames.counter(line).orElseThrow()).isEqualTo(new Frame(function, true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"lr : io_mm_put+0x1/0x2", "RIP: 0033:0x7f1e0a1f5417"})
  void otherRegistersAreNotTheProgramCounter(String line) {
    assertThat(Frames.counter(line)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[vfio_iommu_type1]", "0x2b0 [vfio_iommu_type1]", "  0x180"})
  void theRestOfABrokenFrameIsKnown(String line) {
    assertThat(Frames.isTail(line)).isTrue();
    assertThat(Frames.of(line)).isEmpty();
  }
}
