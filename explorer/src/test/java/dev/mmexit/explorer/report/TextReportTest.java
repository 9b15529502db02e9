package dev.mmexit.explorer.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.explorer.Golden;
import dev.mmexit.explorer.MemoryModel;
import dev.mmexit.explorer.Samples;
import dev.mmexit.explorer.result.FinalState;
import dev.mmexit.explorer.result.ScenarioResult;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextReportTest {
  private final TextReport report = new TextReport(Style.PLAIN);

  @Test
  void aRunWithEveryVerdict() {
    String text = report.of(Samples.mixed());
    Golden.check("mixed.txt", text);
    assertFits(text, 100);
  }

  @Test
  void aCleanScenarioTakesFewLines() {
    String text = report.block(Samples.complete("clean-one", List.of(), null));
    Golden.check("clean.txt", text);
    assertThat(text.lines()).hasSizeLessThanOrEqualTo(8);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 8})
  void anyNumberOfThreadsFits(int threads) {
    String text =
        report.block(
            Samples.withoutCondition("circle", List.of(Samples.circle(threads)), List.of()));
    Golden.check("circle-" + threads + ".txt", text);
    assertFits(text, 100);
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 72, 80, 140})
  void otherWidthsFit(int width) {
    TextReport other = new TextReport(Style.PLAIN, width, null);
    for (int threads = 1; threads <= 8; threads++) {
      assertFits(
          other.block(
              Samples.withoutCondition("circle", List.of(Samples.circle(threads)), List.of())),
          width);
    }
    assertFits(other.of(Samples.mixed()), width);
  }

  @Test
  void manyFinalStatesAreCutAndCounted() {
    List<FinalState> states = new ArrayList<>();
    for (int i = 0; i < 23; i++) {
      states.add(Samples.state(i, "bound(D0,P0)"));
    }
    ScenarioResult result = Samples.withoutCondition("many", List.of(), states);
    assertThat(report.block(result))
        .contains("States 23\n", "T1:r0=19;")
        .contains("  ... and 3 more (all of them with --format json)\n")
        .doesNotContain("T1:r0=20;");
  }

  @Test
  void anIncompleteRunIsNeverShownAsAPass() {
    ScenarioResult result = Samples.result("long-one", "60 seconds", List.of(), List.of());
    assertThat(report.block(result))
        .contains("Bounded (60 seconds)", "INCOMPLETE", "Sometimes 1 1 (incomplete)")
        .doesNotContain("As expected", "Complete ");
  }

  @Test
  void coloursChangeNoWord() {
    String colored = new TextReport(new Style(true)).of(Samples.mixed());
    assertThat(colored).contains("\u001b[");
    assertThat(colored.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(report.of(Samples.mixed()));
  }

  @Test
  void replays() {
    ReplayText replay = new ReplayText(Style.PLAIN);
    String text = replay.of(Samples.replay());
    Golden.check("replay.txt", text);
    assertFits(text, 100);
    Golden.check("replay-clean.txt", replay.of(Samples.cleanReplay()));
  }

  @Test
  void theReplayCommandIsQuotedForAShell() {
    ScenarioResult result =
        new ScenarioResult(
            "t",
            "-a b.litmus",
            "v2",
            true,
            null,
            1,
            1,
            0,
            0,
            List.of(),
            List.of(),
            null,
            null,
            null);
    assertThat(ReplayCommand.of(result, null, "1:x'*2"))
        .isEqualTo("mmexit replay './-a b.litmus' --variant v2 --schedule '1:x'\\''*2'");
    assertThat(ReplayCommand.of(result, MemoryModel.SLUB, "x"))
        .isEqualTo("mmexit replay './-a b.litmus' --variant v2 --memory slub --schedule x");
  }

  private static void assertFits(String text, int width) {
    assertThat(text.lines().filter(line -> !line.matches("(schedule|replay): .*")))
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(width));
  }
}
