package dev.mmexit.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.explorer.result.ConditionResult;
import dev.mmexit.explorer.result.FinalState;
import dev.mmexit.explorer.result.ScenarioResult;
import dev.mmexit.explorer.result.Tool;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The two changes that the review asked about make no difference; others that are alike do. */
class VariantsEquivalenceTest {
  private final ModelChecker checker = new ModelChecker(new Tool("mmexit", "test"));

  /** All that can be told of a scenario from outside. */
  private record Seen(
      List<FinalState> states, List<String> findings, @Nullable ConditionResult condition) {}

  private ScenarioResult explore(String scenario, String variant) {
    LoadResult loaded = checker.load(Scenarios.file(scenario), null);
    return checker.check(
        ((LoadResult.Loaded) loaded).scenario(),
        new ExplorationOptions(
            variant,
            Optional.empty(),
            OptionalLong.empty(),
            OptionalInt.empty(),
            Runtime.getRuntime().availableProcessors(),
            true),
        (states, executions, findings) -> {});
  }

  private Seen seen(String scenario, String variant) {
    ScenarioResult result = explore(scenario, variant);
    assertThat(result.complete()).isTrue();
    return new Seen(
        result.finalStates(),
        result.findings().stream().map(found -> found.kind() + " " + found.message()).toList(),
        result.condition());
  }

  @ParameterizedTest
  @CsvSource({
    "bind-denied, merged-ioctl",
    "bind-multidev-2g, merged-ioctl",
    "exit-vs-bind, merged-ioctl",
    "exit-vs-unbind, merged-ioctl",
    "exit-vs-detach, merged-ioctl",
    "vfio-bind-vs-set, merged-ioctl",
    "attach-second-fails, unconditional-unwind",
    "bind-multidev, unconditional-unwind",
    "bind-pasids-disjoint, unconditional-unwind",
    "exit-vs-attach-second-fails, unconditional-unwind",
    "exit-vs-bind-pasid-reuse, unconditional-unwind",
    "exit-vs-detach, unconditional-unwind",
  })
  void theReviewersChangesMakeNoDifference(String scenario, String variant) {
    assertThat(seen(scenario, variant)).isEqualTo(seen(scenario, "v2"));
  }

  /** Without a difference even in what is executed. */
  @Test
  void theMergedIoctlHasTheSameStates() {
    ScenarioResult merged = explore("exit-vs-unbind", "merged-ioctl");
    ScenarioResult posted = explore("exit-vs-unbind", "v2");

    assertThat(merged.states()).isEqualTo(posted.states());
    assertThat(merged.transitions()).isEqualTo(posted.transitions());
  }

  @ParameterizedTest
  @CsvSource({
    "exit-vs-attach, mmput-sync",
    "exit-vs-attach, no-mmget",
    "exit-bind-unbind-reuse, unbind-by-pasid",
    "bind-vs-detach, unlocked-detach",
    "exit-vs-detach, no-wait",
    "exit-vs-detach, v1-tombstone",
    "exit-vs-detach, fixed",
    "vfio-bind-vs-set, group-lock-ioctl",
  })
  void theOthersDo(String scenario, String variant) {
    assertThat(seen(scenario, variant)).isNotEqualTo(seen(scenario, "v2"));
  }
}
