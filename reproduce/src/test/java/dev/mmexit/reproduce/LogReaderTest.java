package dev.mmexit.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of logs in which there is nothing to look for, and that large ones can be read. */
class LogReaderTest {
  private static final long MEGABYTE = 1 << 20;

  @Test
  void anEmptyLogIsRefused() {
    refused("", "log: it is empty");
  }

  @Test
  void aLogWithoutReportIsRefused() {
    refused("one\ntwo\n", "log: there is no report in lines 1 to 2");
  }

  @Test
  void aKindThatIsNotReadIsNamedWithItsLine() {
    refused(
        "fine\nwatchdog: BUG: soft lockup - CPU#1 stuck for 22s! [vmm:1]\n",
        "log:2: no report of this kind is read: 'watchdog: BUG: soft lockup - CPU#1 stuck for 22s!"
            + " [vmm:1]'; the kinds are hung-task, lockdep, kasan, kcsan, list, refcount, oops");
  }

  @Test
  void binaryDataIsRefused() {
    refused(
        "a\nb\0c\nd\n",
        "log:2: this is no text: there is a NUL byte in the line, and no report in the file");
  }

  @Test
  void aPackedLogIsRefused() {
    byte[] packed = {0x1f, (byte) 0x8b, 8, 0, 0};
    assertThatThrownBy(() -> LogReader.read(new ByteArrayInputStream(packed), "log.gz", 0))
        .isInstanceOf(UnusableReport.class)
        .hasMessage("log.gz:1: this is compressed; unpack it first");
  }

  @Test
  void aReportThatIsCutOffIsRefusedOrComparedInPart() throws Exception {
    refused(
        "x\nBUG: KASAN: use-after-free in f+0x1/0x2\nRead of size 8 at addr 0 by task a/1\n",
        "log:2: the report that begins here has no call trace: it is cut off in line 3");
    LogReader.Reading part =
        read(
            "BUG: KASAN: use-after-free in f+0x1/0x2\nCall Trace:\n vfio_iommu_mm_exit+0x1/0x2\n",
            0);
    assertThat(part.report().missing())
        .containsExactly(
            "the stack of who freed the object", "the stack of who allocated the object");
    assertThat(part.query().notes())
        .hasSize(2)
        .allMatch(note -> note.startsWith("The report is not whole"));
  }

  @Test
  void aReportOfOtherCodeIsRefused() {
    refused(
        "BUG: KASAN: use-after-free in f+0x1/0x2\nCall Trace:\n f+0x1/0x2\n",
        "log:1: no function of the report that begins here and ends in line 3 is in the model");
  }

  @Test
  void anotherReportCanBeChosen() throws Exception {
    String log =
        "BUG: KASAN: use-after-free in f+0x1/0x2\nCall Trace:\n f+0x1/0x2\n"
            + "BUG: KASAN: use-after-free in g+0x1/0x2\nCall Trace:\n vfio_iommu_mm_exit+0x1/0x2\n"
            + "BUG: KASAN: use-after-free in h+0x1/0x2\nCall Trace:\n mmput+0x1/0x2\n";
    assertThat(read(log, 0).report().firstLine()).isEqualTo(4);
    assertThat(read(log, 3).report().firstLine()).isEqualTo(7);
    assertThat(read(log, 3).log().others()).extracting(other -> other.line()).containsExactly(1, 4);
    assertThatThrownBy(() -> read(log, 5))
        .isInstanceOf(UnusableReport.class)
        .hasMessage("log: there is no report 5: there are 3, which begin in lines 1, 4, 7");
  }

  /** A log of 50 MB, made as it is read: were it kept, it would not fit into what is left. */
  @Test
  void aLargeLogIsReadInLittleMemory() throws Exception {
    byte[] report =
        Files.readAllBytes(Path.of("src/test/resources/reports/kasan-mm-exit-after-release.txt"));
    byte[] other = Files.readAllBytes(Path.of("src/test/resources/reports/kasan-other-driver.txt"));
    InputStream log =
        new SequenceInputStream(
            Collections.enumeration(
                List.of(
                    new Repeated(other, 10 * MEGABYTE),
                    new Repeated(new byte[] {'x'}, 5 * MEGABYTE),
                    new ByteArrayInputStream("\n".getBytes(StandardCharsets.UTF_8)),
                    new ByteArrayInputStream(report),
                    new Repeated(
                        "[    1.0] nothing\n".getBytes(StandardCharsets.UTF_8), 35 * MEGABYTE))));

    LogReader.Reading reading = LogReader.read(log, "log", 0);

    assertThat(reading.report().headline()).contains("__mutex_lock");
    assertThat(reading.log().reports()).isGreaterThan(10_000);
    assertThat(reading.log().others()).hasSizeLessThan(100);
    assertThat(reading.log().skipped()).isGreaterThan(1_000_000);
  }

  private static void refused(String log, String sentence) {
    assertThatThrownBy(() -> read(log, 0)).isInstanceOf(UnusableReport.class).hasMessage(sentence);
  }

  private static LogReader.Reading read(String log, int wanted) throws IOException, UnusableReport {
    return LogReader.read(
        new ByteArrayInputStream(log.getBytes(StandardCharsets.UTF_8)), "log", wanted);
  }

  /** The same bytes again and again. */
  private static final class Repeated extends InputStream {
    private final byte[] bytes;
    private long left;
    private int at;

    Repeated(byte[] bytes, long length) {
      this.bytes = bytes;
      this.left = length;
    }

    @Override
    public int read(byte[] into, int from, int length) {
      int count = (int) Math.min(length, left);
      for (int i = 0; i < count; i++) {
        into[from + i] = (byte) read();
      }
      return count == 0 && length > 0 ? -1 : count;
    }

    @Override
    public int read() {
      if (left == 0) {
        return -1;
      }
      left--;
      int next = bytes[at] & 0xff;
      at = (at + 1) % bytes.length;
      return next;
    }
  }
}
