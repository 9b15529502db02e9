package dev.mmexit.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.explorer.result.ScenarioResult;
import dev.mmexit.explorer.result.Tool;
import dev.mmexit.variant.Variants;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is carried over from the code as posted is what exploring the variant gives. */
class CarryOverTest {
  private static final ProgressListener NOBODY = (states, executions, findings) -> {};

  private final ModelChecker checker = new ModelChecker(new Tool("mmexit", "test"));

  private LoadedScenario load(String name) {
    return ((LoadResult.Loaded) checker.load(Scenarios.file(name), null)).scenario();
  }

  private static ExplorationOptions options(String variant, OptionalLong executions) {
    return new ExplorationOptions(
        variant, Optional.empty(), executions, OptionalInt.empty(), 2, true);
  }

  private static ExplorationOptions options(String variant) {
    return options(variant, OptionalLong.empty());
  }

  /** With an attach, a detach, an UNBIND or none of them; with findings and without. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "attach-second-fails",
        "bind-denied",
        "bind-vs-bind",
        "bind-vs-detach",
        "clone-exec-dma",
        "dma-vs-unbind",
        "exit-vs-attach",
        "exit-vs-detach",
        "exit-vs-pin",
        "exit-vs-unbind",
        "slub-vfio-bind-vs-reset",
        "vfio-bind-vs-set"
      })
  void isTheSameAsExplored(String name) {
    LoadedScenario scenario = load(name);
    List<String> variants = List.copyOf(Variants.names());
    VariantsChecker carrying = checker.checker(variants);

    for (String variant : variants) {
      ScenarioResult carried = carrying.check(scenario, options(variant), NOBODY);
      ScenarioResult explored = checker.check(scenario, options(variant), NOBODY);
      assertThat(carried.tookSeconds(0)).as(variant).isEqualTo(explored.tookSeconds(0));
    }
  }

  @Test
  void aScheduleThatIsCarriedOverFitsTheVariant() {
    LoadedScenario scenario = load("exit-vs-pin");
    VariantsChecker carrying = checker.checker(List.of("v2", "mmput-sync"));
    carrying.check(scenario, options("v2"), NOBODY);

    ScenarioResult carried = carrying.check(scenario, options("mmput-sync"), NOBODY);

    assertThat(carried.findings()).isNotEmpty();
    assertThat(checker.replay(scenario, "mmput-sync", carried.findings().get(0).schedule()))
        .isInstanceOf(ReplayOutcome.Replayed.class);
  }

  /** What a bound has left out may be what the variant changes. */
  @Test
  void nothingIsCarriedOverFromABoundedExploration() {
    LoadedScenario scenario = load("exit-vs-detach");
    VariantsChecker carrying = checker.checker(List.of("v2", "unlocked-detach"));
    OptionalLong one = OptionalLong.of(1);

    ScenarioResult posted = carrying.check(scenario, options("v2", one), NOBODY);
    ScenarioResult other = carrying.check(scenario, options("unlocked-detach"), NOBODY);

    assertThat(posted.complete()).isFalse();
    assertThat(other.complete()).isTrue();
  }

  /** Nor is anything of another scenario. */
  @Test
  void theScenarioIsTheSame() {
    VariantsChecker carrying = checker.checker(List.of("v2", "no-mmget"));
    carrying.check(load("bind-vs-bind"), options("v2"), NOBODY);

    ScenarioResult other = carrying.check(load("exit-vs-bind"), options("no-mmget"), NOBODY);

    assertThat(other.scenario()).isEqualTo("exit-vs-bind");
    assertThat(other.tookSeconds(0))
        .isEqualTo(checker.check(load("exit-vs-bind"), options("no-mmget"), NOBODY).tookSeconds(0));
  }
}
