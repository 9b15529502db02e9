package dev.mmexit.jpf.checker;

import dev.mmexit.explorer.ExplorationOptions;
import dev.mmexit.explorer.ModelChecker;
import dev.mmexit.explorer.result.Tool;
import dev.mmexit.scenario.format.Scenario;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** What the explorer says of a scenario. */
final class Explored {
  private Explored() {}

  /** What registers and facts are when everything has ended, as the driver writes them. */
  static Set<String> finalStates(Scenario scenario, Path file) {
    ModelChecker checker = new ModelChecker(new Tool("mmexit", "test"));
    return checker
        .check(
            checker.loaded(scenario, file),
            new ExplorationOptions(
                "v2", Optional.empty(), OptionalLong.empty(), OptionalInt.empty(), 1, true),
            (states, executions, findings) -> {})
        .finalStates()
        .stream()
        .map(state -> state.registers() + " " + state.facts())
        .collect(Collectors.toSet());
  }
}
