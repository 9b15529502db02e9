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
 * @param shrunk smaller scenarios for findings, where they were asked for; else none
 */
public record CheckResult(
    Tool tool,
    @Nullable String memory,
    List<ScenarioResult> results,
    List<LockGraph> lockGraphs,
    Summary summary,
    List<Shrunk> shrunk) {
  public CheckResult {
    results = List.copyOf(results);
    lockGraphs = List.copyOf(lockGraphs);
    shrunk = List.copyOf(shrunk);
  }

  /** A result without smaller scenarios. */
  public CheckResult(
      Tool tool,
      @Nullable String memory,
      List<ScenarioResult> results,
      List<LockGraph> lockGraphs,
      Summary summary) {
    this(tool, memory, results, lockGraphs, summary, List.of());
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
    return new CheckResult(tool, label, results, lockGraphs, summary, shrunk);
  }

  /** The same, with smaller scenarios for its findings. */
  public CheckResult withShrunk(List<Shrunk> smaller) {
    return new CheckResult(tool, memory, results, lockGraphs, summary, smaller);
  }

  /** The smaller scenarios for findings of one of the results. */
  public List<Shrunk> shrunk(ScenarioResult result) {
    return shrunk.stream()
        .filter(one -> one.file().equals(result.file()) && one.variant().equals(result.variant()))
        .toList();
  }
}
