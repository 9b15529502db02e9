package dev.mmexit.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.explorer.result.ScenarioResult;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The result is a function of the scenario, whoever explores it. */
class DeterminismTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "exit-vs-detach",
        "conf-02",
        "conf-04",
        "conf-09",
        "conf-10",
        "conf-20",
        "conf-22",
        "conf-32"
      })
  void everyRunGivesTheSame(String name) {
    ScenarioResult first = check(name, 1);
    assertThat(check(name, 1)).isEqualTo(first);
    assertThat(check(name, 2)).isEqualTo(first);
  }

  private static ScenarioResult check(String name, int workers) {
    ModelChecker checker = new ModelChecker(ReplayTest.TOOL);
    ScenarioResult result =
        checker.check(
            ReplayTest.load(checker, name),
            new ExplorationOptions(
                "v2", Optional.empty(), OptionalLong.empty(), OptionalInt.empty(), workers, true),
            (scenario, executions, findings) -> {});
    return new ScenarioResult(
        result.scenario(),
        result.file(),
        result.variant(),
        result.complete(),
        result.bound(),
        result.states(),
        result.executions(),
        result.transitions(),
        0,
        result.findings(),
        result.finalStates(),
        result.condition(),
        result.expected(),
        result.asExpected());
  }
}
