package dev.mmexit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressPrinterTest extends CliTest {
  private final AtomicLong millis = new AtomicLong();
  private final StringWriter terminal = new StringWriter();

  private ProgressPrinter printer(boolean enabled) {
    return new ProgressPrinter(
        new PrintWriter(terminal), enabled, () -> TimeUnit.MILLISECONDS.toNanos(millis.get()), 3);
  }

  @Test
  void showsAfterTwoSecondsAndFiveTimesASecond() {
    ProgressPrinter printer = printer(true);
    printer.begin("a");
    for (int i = 0; i < 30; i++) {
      millis.set(i * 100L);
      printer.progress(i, 2L * i, 1);
    }
    assertThat(terminal.toString().split("\r", -1))
        .hasSize(6)
        .contains("1/3 a: 20 states, 40 executions, 1 findings, 2 s");
  }

  @Test
  void rewritesTheWholeLineAndTakesItAway() {
    ProgressPrinter printer = printer(true);
    millis.set(3000);
    printer.begin("a-long-name");
    millis.set(4000);
    printer.begin("b");
    printer.clear();
    String second = "2/3 b: 0 states, 0 executions, 0 findings, 4 s";
    assertThat(terminal.toString())
        .isEqualTo(
            "\r1/3 a-long-name: 0 states, 0 executions, 0 findings, 3 s"
                + "\r"
                + second
                + " ".repeat("a-long-name".length() - 1)
                + "\r"
                + " ".repeat(second.length())
                + "\r");
  }

  @Test
  void staysOnOneLine() {
    ProgressPrinter printer = printer(true);
    millis.set(3000);
    printer.begin("x".repeat(200));
    assertThat(terminal.toString()).hasSize(80);
  }

  @Test
  void isSilentWhereNobodySees() {
    ProgressPrinter printer = printer(false);
    millis.set(3000);
    printer.begin("a");
    printer.clear();
    assertThat(terminal.toString()).isEmpty();
  }

  @Test
  void aRunOnATerminalShowsItUnlessQuiet() throws IOException {
    AtomicLong clock = new AtomicLong();
    environment = environment(Map.of(), true, () -> clock.addAndGet(TimeUnit.SECONDS.toNanos(3)));
    run("check", scenario("clean"));
    assertThat(err).contains("1/1 clean: 1,234 states, 56 executions, 1 findings, 6 s");
    run("check", "--quiet", scenario("clean"));
    assertThat(err).isEmpty();
    environment = environment(Map.of(), false, environment.nanoTime());
    run("check", scenario("clean"));
    assertThat(err).isEmpty();
  }
}
