package dev.mmexit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SearchProgressTest {
  private final StringWriter terminal = new StringWriter();
  private long now;

  @Test
  void showsHowFarItIsOnceItTakesLong() {
    SearchProgress progress = progress(true);
    progress.searching("exit-vs-detach", 1);
    assertThat(terminal.toString()).isEmpty();
    now = TimeUnit.SECONDS.toNanos(3);
    progress.searching("g-2x1-000007", 1234);
    assertThat(terminal.toString()).isEqualTo("\r1,234: g-2x1-000007, 3 s");
    progress.clear();
    assertThat(terminal.toString()).endsWith("\r");
  }

  @Test
  void whatIsProvedStays() {
    progress(true).proved("all 1,284 scenarios of 2 threads x 2 operations: not reachable");
    assertThat(terminal.toString())
        .isEqualToNormalizingNewlines(
            "all 1,284 scenarios of 2 threads x 2 operations: not reachable\n");
  }

  @Test
  void saysNothingWhereNobodyLooks() {
    now = TimeUnit.SECONDS.toNanos(9);
    SearchProgress progress = progress(false);
    now += TimeUnit.SECONDS.toNanos(9);
    progress.searching("x", 1);
    progress.proved("x");
    assertThat(terminal.toString()).isEmpty();
  }

  private SearchProgress progress(boolean enabled) {
    return new SearchProgress(new PrintWriter(terminal), enabled, () -> now);
  }
}
