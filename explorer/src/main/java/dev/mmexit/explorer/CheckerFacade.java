package dev.mmexit.explorer;

import dev.mmexit.explorer.result.ScenarioResult;
import dev.mmexit.scenario.format.Scenario;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that the command line needs of the model and the engines that run it. */
public interface CheckerFacade {

  /** The variants of the modelled code, the one as posted first. */
  List<VariantInfo> variants();

  /** The operations that a scenario can use. */
  List<OperationInfo> operations();

  /**
   * Reads a scenario, for any variant.
   *
   * @param file a readable file; results name it as it is given here
   * @param memory overrides what the scenario says about freed memory; null leaves it as it is
   */
  LoadResult load(Path file, @Nullable MemoryModel memory);

  /**
   * A handle for a scenario that was made, not read.
   *
   * @param file what results name it as; nothing is read from there
   */
  LoadedScenario loaded(Scenario scenario, Path file);

  /**
   * Carries out a scenario's set-up alone.
   *
   * @return what fails or blocks in it on the variant, a line {@code FILE:LINE:COLUMN: message}
   *     each; empty where it succeeds
   */
  List<String> setUpErrors(LoadedScenario scenario, String variant);

  /**
   * Explores a scenario.
   *
   * @param progress is told now and then, from any thread
   */
  ScenarioResult check(
      LoadedScenario scenario, ExplorationOptions options, ProgressListener progress);

  /**
   * Explores scenarios on several variants, and of these only what can differ from the code as
   * posted.
   *
   * @param variants those that the scenarios are checked on
   */
  default VariantsChecker checker(List<String> variants) {
    return this::check;
  }

  /** Learns the lock-order graph of a variant from the scenarios that it checks. */
  LockLearner learner(String variant);

  /**
   * Runs a scenario under one schedule.
   *
   * @param schedule the text, without white space around it
   */
  ReplayOutcome replay(LoadedScenario scenario, String variant, String schedule);
}
