package dev.mmexit.lincheck;

import dev.mmexit.kernel.FindingKind;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Lincheck says about a scenario.
 *
 * @param findings each kind that was seen, with where
 * @param executions how many there were, those before the last restart included
 * @param complete whether the last exploration ran out of schedules, and not of budget
 * @param points how many fields and objects may be switched at
 * @param failure what Lincheck itself says is wrong, and the model did not; null for nothing
 */
public record Verdict(
    Map<FindingKind, Seen> findings,
    long executions,
    boolean complete,
    int points,
    double seconds,
    @Nullable String failure) {

  /**
   * A kind of finding.
   *
   * @param execution in the how-manieth execution it was first seen
   * @param sentence what was found there
   */
  public record Seen(long execution, String sentence) {}

  /** In which execution the first finding of any kind was; 0 for none. */
  public long toFirst() {
    return findings.values().stream().mapToLong(Seen::execution).min().orElse(0);
  }
}
