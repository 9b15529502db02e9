package dev.mmexit.explorer.result;

import dev.mmexit.kernel.FindingKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What exploring one scenario on one variant found.
 *
 * @param scenario the scenario's name
 * @param file the file it was read from, as it was given
 * @param variant the variant explored
 * @param complete whether every interleaving is covered
 * @param bound why the exploration is not complete, or null where it is
 * @param states how many distinct states were visited
 * @param executions how many executions were run
 * @param transitions how many steps all executions took
 * @param seconds how long it took
 * @param findings one for each distinct finding (kind, place, objects), with its shortest schedule
 * @param finalStates the distinct states in which every thread has finished
 * @param condition the final condition's outcome, or null where the scenario has none
 * @param expected the labels of the finding kinds that the scenario expects of the variant, none of
 *     them for {@code clean}; null where it expects nothing of the variant
 * @param asExpected whether the result is as expected; null where a bound came before that could be
 *     told
 */
public record ScenarioResult(
    String scenario,
    String file,
    String variant,
    boolean complete,
    @Nullable String bound,
    long states,
    long executions,
    long transitions,
    double seconds,
    List<Finding> findings,
    List<FinalState> finalStates,
    @Nullable ConditionResult condition,
    @Nullable List<String> expected,
    @Nullable Boolean asExpected) {
  public ScenarioResult {
    if (complete != (bound == null)) {
      throw new IllegalArgumentException(
          "an exploration has a bound exactly where it is not complete");
    }
    findings = List.copyOf(findings);
    finalStates = List.copyOf(finalStates);
    expected = expected == null ? null : List.copyOf(expected);
  }

  /**
   * Judges the findings by the expectation: the value for {@link #asExpected()}. A kind that was
   * not expected is wrong however far the exploration came; a missing one only where the
   * exploration is complete.
   *
   * @param expected the labels expected; null where nothing is, which means that no finding is
   */
  public static @Nullable Boolean judge(
      boolean complete, List<Finding> findings, @Nullable List<String> expected) {
    Set<String> found = labels(findings);
    Set<String> wanted = new TreeSet<>(expected == null ? List.of() : expected);
    if (!wanted.containsAll(found)) {
      return false;
    }
    return complete ? (Boolean) found.equals(wanted) : null;
  }

  /** The same result, judged by another expectation. */
  public ScenarioResult expecting(List<String> labels) {
    return new ScenarioResult(
        scenario,
        file,
        variant,
        complete,
        bound,
        states,
        executions,
        transitions,
        seconds,
        findings,
        finalStates,
        condition,
        labels,
        judge(complete, findings, labels));
  }

  /**
   * The same result, of another variant.
   *
   * @param its the findings, with its schedules
   * @param labels what is expected of it; null where nothing is
   */
  public ScenarioResult on(String other, List<Finding> its, @Nullable List<String> labels) {
    return new ScenarioResult(
        scenario,
        file,
        other,
        complete,
        bound,
        states,
        executions,
        transitions,
        seconds,
        its,
        finalStates,
        condition,
        labels,
        judge(complete, its, labels));
  }

  /** The same result, come to in another time. */
  public ScenarioResult tookSeconds(double time) {
    return new ScenarioResult(
        scenario,
        file,
        variant,
        complete,
        bound,
        states,
        executions,
        transitions,
        time,
        findings,
        finalStates,
        condition,
        expected,
        asExpected);
  }

  /** The labels of the kinds found, each once, in the order of {@link FindingKind}. */
  public List<String> kinds() {
    Set<FindingKind> kinds = EnumSet.noneOf(FindingKind.class);
    findings.forEach(finding -> kinds.add(finding.kind()));
    return kinds.stream().map(FindingKind::label).toList();
  }

  /** The verdict that {@link #asExpected()} stands for. */
  public Verdict verdict() {
    if (asExpected == null) {
      return Verdict.INCOMPLETE;
    }
    if (!asExpected) {
      return Verdict.UNEXPECTED;
    }
    return complete ? Verdict.AS_EXPECTED : Verdict.INCOMPLETE;
  }

  /** Whether a finding of this kind is among the expected ones. */
  public boolean expects(FindingKind kind) {
    return expected != null && expected.contains(kind.label());
  }

  /** The labels of the kinds found, but not expected, in the order of {@link FindingKind}. */
  public List<String> unexpectedKinds() {
    Set<FindingKind> kinds = EnumSet.noneOf(FindingKind.class);
    findings.stream().map(Finding::kind).filter(kind -> !expects(kind)).forEach(kinds::add);
    return kinds.stream().map(FindingKind::label).toList();
  }

  /** The labels of the kinds expected, but not found, in the order in which they are expected. */
  public List<String> missingKinds() {
    Set<String> found = labels(findings);
    return expected == null
        ? List.of()
        : expected.stream().filter(label -> !found.contains(label)).toList();
  }

  private static Set<String> labels(List<Finding> findings) {
    Set<String> labels = new TreeSet<>();
    findings.forEach(finding -> labels.add(finding.kind().label()));
    return labels;
  }
}
