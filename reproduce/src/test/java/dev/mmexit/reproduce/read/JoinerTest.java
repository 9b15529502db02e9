package dev.mmexit.reproduce.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JoinerTest {
  private final List<LogLine> joined = new ArrayList<>();

  @Test
  void aBrokenHeadlineIsPutTogether() {
    join("INFO: task guest:1 blocked for more", "than 120 seconds.", "next");
    assertThat(joined)
        .containsExactly(
            new LogLine(1, 2, "", "INFO: task guest:1 blocked for more than 120 seconds."),
            new LogLine(3, "", "next"));
  }

  @Test
  void threeLinesCanBeOne() {
    join("#0: 00000000abcd0123", "(&iommu->lock){+.+.}, at:", "f+0x1/0x2");
    assertThat(joined)
        .extracting(LogLine::text)
        .containsExactly("#0: 00000000abcd0123 (&iommu->lock){+.+.}, at: f+0x1/0x2");
  }

  @Test
  void aWholeLineStaysAlone() {
    join("INFO: task guest:1 blocked for more than 120 seconds.", "Not tainted");
    assertThat(joined).hasSize(2);
  }

  @Test
  void whatLacksItsEndIsNotJoinedWithTheNextFrameOrReport() {
    join(
        "BUG: unable to handle page fault",
        " f+0x1/0x2",
        "WARNING: held lock",
        "INFO: task a:1 blocked for");
    assertThat(joined)
        .extracting(LogLine::text)
        .containsExactly(
            "BUG: unable to handle page fault",
            " f+0x1/0x2",
            "WARNING: held lock",
            "INFO: task a:1 blocked for");
  }

  private void join(String... lines) {
    Joiner joiner = new Joiner(joined::add);
    for (int i = 0; i < lines.length; i++) {
      joiner.accept(new LogLine(i + 1, "", lines[i]));
    }
    joiner.flush();
  }
}
