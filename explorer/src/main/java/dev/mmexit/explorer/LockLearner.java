package dev.mmexit.explorer;

import dev.mmexit.explorer.result.LockGraph;
import dev.mmexit.explorer.result.ScenarioResult;

/** Checks scenarios on one variant, and learns the order of locks from all that they execute. */
public interface LockLearner {

  /**
   * Explores a scenario, as {@link CheckerFacade#check} does.
   *
   * @param options their variant is the learner's
   * @param progress is told now and then, from any thread
   */
  ScenarioResult check(
      LoadedScenario scenario, ExplorationOptions options, ProgressListener progress);

  /** The lock-order graph of all scenarios so far. */
  LockGraph graph();
}
