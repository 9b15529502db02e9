package dev.mmexit.lincheck;

import dev.mmexit.scenario.format.Scenario;
import java.util.Set;

/** How much is run: the quick part of every build, or all with {@code -Pnightly}. */
final class Suite {
  /** What shows its first finding only after 150 executions or more: the nightly run has them. */
  private static final Set<String> DEEP =
      Set.of(
          "clone-exit-detach-vs-exit",
          "exit-detach-vs-bind",
          "exit-detach-vs-bind-denied",
          "fail-any-attach-incompatible",
          "vfio-open-exit-vs-bind-denied");

  private Suite() {}

  /** Whether a sample of this size has to show something of what the scenario expects. */
  static boolean mustShow(Scenario scenario, Verdict verdict) {
    return !DEEP.contains(scenario.name()) && verdict.executions() >= 150;
  }

  /** The most executions of a scenario. */
  static long executions() {
    return Long.getLong("mmexit.lincheck.executions", 60);
  }

  /** How many scenarios Lincheck generates of operations. */
  static int iterations() {
    return Integer.getInteger("mmexit.lincheck.iterations", 1);
  }

  /** The most executions of each. */
  static int invocations() {
    return Integer.getInteger("mmexit.lincheck.invocations", 100);
  }

  /** Whether a scenario is run: with one thread there is nothing to schedule. */
  static boolean includes(Scenario scenario) {
    int threads = scenario.threads().size();
    return threads > 1 && threads <= Integer.getInteger("mmexit.lincheck.threads", 2);
  }

  /** Whether Lincheck's trace of each finding is kept. */
  static boolean keepsTraces(Scenario scenario) {
    return "all".equals(System.getProperty("mmexit.lincheck.traces"))
        || scenario.name().equals("exit-vs-detach");
  }

  /** Why a scenario was not exhausted, for the table. */
  static String note(Verdict verdict) {
    return verdict.complete()
        ? ""
        : "sampled: more schedules than the budget of "
            + executions()
            + ", with "
            + verdict.points()
            + " places of contention";
  }
}
