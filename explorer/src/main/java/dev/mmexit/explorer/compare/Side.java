package dev.mmexit.explorer.compare;

import dev.mmexit.explorer.result.Finding;
import dev.mmexit.explorer.result.ScenarioResult;
import dev.mmexit.explorer.result.Verdict;
import dev.mmexit.kernel.FindingKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A scenario's result on one of the two variants, in short.
 *
 * @param verdict whether it is as the scenario expects of that variant
 * @param bound why it is not complete; null where it is
 * @param kinds the labels of the kinds found, in the order of {@link FindingKind}
 * @param states how many states were visited
 * @param executions how many executions were run
 * @param finalStates how many distinct final states there are
 */
public record Side(
    Verdict verdict,
    @Nullable String bound,
    List<String> kinds,
    long states,
    long executions,
    int finalStates) {
  public Side {
    kinds = List.copyOf(kinds);
  }

  static Side of(ScenarioResult result) {
    Set<FindingKind> kinds = EnumSet.noneOf(FindingKind.class);
    result.findings().stream().map(Finding::kind).forEach(kinds::add);
    return new Side(
        result.verdict(),
        result.bound(),
        kinds.stream().map(FindingKind::label).toList(),
        result.states(),
        result.executions(),
        result.finalStates().size());
  }
}
