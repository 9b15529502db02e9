package dev.mmexit.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.explorer.result.Finding;
import dev.mmexit.explorer.result.ReplayFinding;
import dev.mmexit.explorer.result.Tool;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Schedules show what they were found for. */
class ReplayTest {
  static final Tool TOOL = new Tool("mmexit", "0");

  private final ModelChecker checker = new ModelChecker(TOOL);

  static LoadedScenario load(ModelChecker checker, String name) {
    LoadResult result = checker.load(Scenarios.file(name), null);
    assertThat(result).isInstanceOf(LoadResult.Loaded.class);
    return ((LoadResult.Loaded) result).scenario();
  }

  private List<Finding> findings(String name) {
    return checker
        .check(
            load(checker, name),
            new ExplorationOptions(
                "v2", Optional.empty(), OptionalLong.empty(), OptionalInt.empty(), 1, true),
            (states, executions, findings) -> {})
        .findings();
  }

  private ReplayOutcome replay(String name, String schedule) {
    return checker.replay(load(checker, name), "v2", schedule);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "exit-vs-detach",
        "conf-04",
        "conf-08",
        "conf-09",
        "conf-10",
        "conf-18",
        "conf-20",
        "conf-22",
        "conf-32",
        "conf-43",
        "fail-any-attach-incompatible"
      })
  void everyScheduleShowsItsFinding(String name) {
    List<Finding> findings = findings(name);
    assertThat(findings).isNotEmpty();
    for (Finding finding : findings) {
      ReplayOutcome outcome = replay(name, finding.schedule());
      assertThat(outcome).isInstanceOf(ReplayOutcome.Replayed.class);
      var result = ((ReplayOutcome.Replayed) outcome).result();
      assertThat(result.findings()).contains(new ReplayFinding(finding.kind(), finding.message()));
      assertThat(result.steps()).isEqualTo(finding.steps());
      assertThat(result.schedule()).isEqualTo(finding.schedule());
    }
  }

  private String schedule() {
    return findings("exit-vs-detach").get(0).schedule();
  }

  @Test
  void anotherScenarioDoesNotFit() {
    assertThat(replay("conf-10", schedule()))
        .isInstanceOfSatisfying(
            ReplayOutcome.Mismatch.class,
            mismatch -> assertThat(mismatch.reason()).contains("made for another scenario"));
  }

  @Test
  void anUnknownThreadDoesNotFit() {
    assertThat(replay("exit-vs-detach", schedule() + ",T9"))
        .isInstanceOfSatisfying(
            ReplayOutcome.Mismatch.class,
            mismatch -> {
              assertThat(mismatch.thread()).isEqualTo("T9");
              assertThat(mismatch.reason()).isEqualTo("there is no T9 here");
            });
  }

  @Test
  void aBlockedThreadDoesNotFit() {
    // The first finding is a deadlock: nobody can go on.
    assertThat(replay("exit-vs-detach", schedule() + ",T0"))
        .isInstanceOfSatisfying(
            ReplayOutcome.Mismatch.class,
            mismatch -> {
              assertThat(mismatch.reason()).isEqualTo("T0 is blocked");
              assertThat(mismatch.runnable()).isEmpty();
            });
  }

  @Test
  void theBeginningOfAScheduleFits() {
    String prefix = schedule().substring(0, schedule().lastIndexOf(':') + 1);
    for (String steps : List.of("", "T0", "T1*3")) {
      assertThat(replay("exit-vs-detach", prefix + steps))
          .isInstanceOfSatisfying(
              ReplayOutcome.Replayed.class,
              replayed -> {
                assertThat(replayed.result().findings()).isEmpty();
                assertThat(replayed.result().finalState()).isNull();
              });
    }
  }

  @Test
  void whatIsNoScheduleIsMalformed() {
    assertThat(replay("exit-vs-detach", "T0*5")).isInstanceOf(ReplayOutcome.Malformed.class);
  }
}
