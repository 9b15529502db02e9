package dev.mmexit.explorer.compare;

import dev.mmexit.explorer.result.FinalState;
import dev.mmexit.explorer.result.Finding;
import dev.mmexit.explorer.result.ScenarioResult;
import dev.mmexit.kernel.FindingKind;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One scenario on two variants.
 *
 * @param scenario its name
 * @param complete whether both explorations are complete
 * @param gained the labels of the kinds of findings that only the other has
 * @param lost those that only the base has
 * @param finalStatesGained how many final states only the other has
 * @param finalStatesLost how many only the base has
 * @param status what that amounts to
 * @param file the scenario's file, as it was given
 * @param base the result on the base
 * @param other the result on the other
 * @param findings the findings that only one of them has, by kind and place
 * @param finalStates the final states that only one of them has
 */
public record ComparisonRow(
    String scenario,
    boolean complete,
    List<String> gained,
    List<String> lost,
    int finalStatesGained,
    int finalStatesLost,
    RowStatus status,
    String file,
    Side base,
    Side other,
    Delta<ComparedFinding> findings,
    Delta<FinalState> finalStates) {
  public ComparisonRow {
    gained = List.copyOf(gained);
    lost = List.copyOf(lost);
  }

  /** The row of a scenario's results on both. */
  public static ComparisonRow of(ScenarioResult base, ScenarioResult other) {
    Side baseSide = Side.of(base);
    Side otherSide = Side.of(other);
    Delta<String> kinds = Delta.of(baseSide.kinds(), otherSide.kinds());
    Delta<FinalState> finalStates = Delta.of(base.finalStates(), other.finalStates());
    Delta<ComparedFinding> findings =
        new Delta<>(
            without(other.findings(), base.findings()), without(base.findings(), other.findings()));
    boolean complete = base.complete() && other.complete();
    return new ComparisonRow(
        base.scenario(),
        complete,
        kinds.gained(),
        kinds.lost(),
        finalStates.gained().size(),
        finalStates.lost().size(),
        status(kinds, complete, other.complete(), findings.size() + finalStates.size() > 0),
        base.file(),
        baseSide,
        otherSide,
        findings,
        finalStates);
  }

  /**
   * What was found is known however far the explorations came; what was not found only where they
   * are complete.
   */
  private static RowStatus status(
      Delta<String> kinds, boolean complete, boolean otherComplete, boolean changed) {
    if (!kinds.gained().isEmpty()) {
      return RowStatus.REGRESSED;
    }
    if (!kinds.lost().isEmpty() && otherComplete) {
      return RowStatus.FIXED;
    }
    if (!complete) {
      return RowStatus.INCOMPLETE;
    }
    return changed ? RowStatus.CHANGED : RowStatus.SAME;
  }

  private static List<ComparedFinding> without(List<Finding> all, List<Finding> some) {
    Set<Same> known = some.stream().map(Same::of).collect(Collectors.toSet());
    return all.stream()
        .filter(finding -> !known.contains(Same.of(finding)))
        .map(ComparedFinding::of)
        .toList();
  }

  /** What makes two findings the same, whatever their schedules are. */
  private record Same(FindingKind kind, String place) {
    static Same of(Finding finding) {
      return new Same(finding.kind(), finding.place());
    }
  }
}
