package dev.mmexit.explorer.result;

import java.util.List;

/**
 * The verdicts of a run, counted. Every scenario is in exactly one of the three last counts.
 *
 * @param scenarios how many scenarios there were
 * @param asExpected how many were explored completely and are as expected
 * @param unexpected how many are not as expected, explored completely or not
 * @param incomplete how many reached a bound with nothing wrong up to there
 */
public record Summary(int scenarios, int asExpected, int unexpected, int incomplete) {

  /** Counts the verdicts of {@code results}. */
  public static Summary of(List<ScenarioResult> results) {
    return new Summary(
        results.size(),
        count(results, Verdict.AS_EXPECTED),
        count(results, Verdict.UNEXPECTED),
        count(results, Verdict.INCOMPLETE));
  }

  private static int count(List<ScenarioResult> results, Verdict verdict) {
    return Math.toIntExact(results.stream().filter(r -> r.verdict() == verdict).count());
  }
}
