package dev.mmexit.explorer.result;

import java.util.List;

/**
 * The result of one run of {@code check}: the whole of its JSON document.
 *
 * @param tool the program that made it
 * @param results one for each scenario, in the order in which they were given
 * @param summary the results, counted
 */
public record CheckResult(Tool tool, List<ScenarioResult> results, Summary summary) {
  public CheckResult {
    results = List.copyOf(results);
  }

  /** A result with the summary that follows from {@code results}. */
  public static CheckResult of(Tool tool, List<ScenarioResult> results) {
    return new CheckResult(tool, results, Summary.of(results));
  }
}
