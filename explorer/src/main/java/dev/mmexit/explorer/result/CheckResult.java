package dev.mmexit.explorer.result;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of one run of {@code check}: the whole of its JSON document.
 *
 * @param tool the program that made it
 * @param memory what {@code --memory} said, which schedules need again; null where it said nothing
 * @param results one for each scenario and variant, in the order in which they were given
 * @param lockGraphs the lock-order graph of each variant, where it was asked for; else none
 * @param summary the results, counted
 */
public record CheckResult(
    Tool tool,
    @Nullable String memory,
    List<ScenarioResult> results,
    List<LockGraph> lockGraphs,
    Summary summary) {
  public CheckResult {
    results = List.copyOf(results);
    lockGraphs = List.copyOf(lockGraphs);
  }

  /** A result without lock graphs, with the summary that follows from {@code results}. */
  public static CheckResult of(Tool tool, List<ScenarioResult> results) {
    return of(tool, results, List.of());
  }

  /** A result with the summary that follows from {@code results}. */
  public static CheckResult of(
      Tool tool, List<ScenarioResult> results, List<LockGraph> lockGraphs) {
    return new CheckResult(tool, null, results, lockGraphs, Summary.of(results));
  }

  /** The same, of a run with {@code --memory}. */
  public CheckResult withMemory(@Nullable String label) {
    return new CheckResult(tool, label, results, lockGraphs, summary);
  }
}
