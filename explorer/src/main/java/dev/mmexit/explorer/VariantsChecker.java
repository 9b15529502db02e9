package dev.mmexit.explorer;

import dev.mmexit.explorer.result.ScenarioResult;

/** Checks scenarios on several variants. */
@FunctionalInterface
public interface VariantsChecker {

  /**
   * What {@link CheckerFacade#check} gives, but for the time: what follows from an earlier result
   * of the same scenario is not explored. Of one scenario the code as posted comes first.
   *
   * @param progress is told now and then, from any thread
   */
  ScenarioResult check(
      LoadedScenario scenario, ExplorationOptions options, ProgressListener progress);
}
