package dev.mmexit.lincheck;

import org.jetbrains.kotlinx.lincheck.execution.ExecutionResult;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.datastructures.verifier.Verifier;

/** What Lincheck sees of a scenario: operations that are its threads, each from top to bottom. */
public final class ScenarioThreads {
  /** Builds the world of the current run and carries out its set-up. */
  public ScenarioThreads() {
    Current.begin();
  }

  /** Runs a thread of the scenario. */
  public int run(String thread) {
    return Schedule.run(thread);
  }

  /** Hears of the end of each execution. */
  public static final class AtEnd implements Verifier {
    /** Lincheck names the sequential specification, which is not needed. */
    @SuppressWarnings("UnusedVariable")
    public AtEnd(Class<?> specification) {}

    @Override
    public boolean verifyResults(ExecutionScenario scenario, ExecutionResult results) {
      return Current.end();
    }
  }
}
