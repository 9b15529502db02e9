package dev.mmexit.explorer.compare;

import dev.mmexit.explorer.result.LockCycle;
import dev.mmexit.explorer.result.LockGraph;
import dev.mmexit.explorer.result.ScenarioResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Two variants over some scenarios: the whole of the JSON document of {@code compare}.
 *
 * @param base the name of the variant that is compared with
 * @param other the name of the one that is compared
 * @param rows one for each scenario, those that differ first; else in the order given
 * @param lockEdges the edges of the lock-order graph that only one of them has
 * @param cycles the cycles of it that only one of them has, each with what is known of it
 * @param regressed how many rows are REGRESSED
 * @param fixed how many are FIXED
 * @param changed how many are CHANGED
 * @param same how many are SAME
 * @param incomplete how many are INCOMPLETE
 */
public record Comparison(
    String base,
    String other,
    List<ComparisonRow> rows,
    Delta<String> lockEdges,
    Delta<String> cycles,
    int regressed,
    int fixed,
    int changed,
    int same,
    int incomplete) {
  /**
   * The names of two variants.
   *
   * @param base the one that is compared with
   * @param other the one that is compared
   */
  public record Names(String base, String other) {}

  public Comparison {
    rows = List.copyOf(rows);
  }

  /**
   * Compares the results of the same scenarios, in the same order.
   *
   * @param names the names of the base and of the other
   * @param baseGraph what the base's locks did
   * @param otherGraph what the other's did
   */
  public static Comparison of(
      Names names,
      List<ScenarioResult> base,
      List<ScenarioResult> other,
      LockGraph baseGraph,
      LockGraph otherGraph) {
    if (base.size() != other.size()) {
      throw new IllegalArgumentException("these are not the same scenarios");
    }
    List<ComparisonRow> rows = new ArrayList<>();
    for (int i = 0; i < base.size(); i++) {
      rows.add(ComparisonRow.of(base.get(i), other.get(i)));
    }
    return of(names, rows, baseGraph, otherGraph);
  }

  /**
   * Puts together what was compared before.
   *
   * @param compared a row for each scenario, in the order given
   */
  public static Comparison of(
      Names names, List<ComparisonRow> compared, LockGraph baseGraph, LockGraph otherGraph) {
    List<ComparisonRow> rows = new ArrayList<>(compared);
    rows.sort(Comparator.comparing(ComparisonRow::status));
    return new Comparison(
        names.base(),
        names.other(),
        rows,
        Delta.of(edges(baseGraph), edges(otherGraph)),
        Delta.of(cycles(baseGraph), cycles(otherGraph)),
        count(rows, RowStatus.REGRESSED),
        count(rows, RowStatus.FIXED),
        count(rows, RowStatus.CHANGED),
        count(rows, RowStatus.SAME),
        count(rows, RowStatus.INCOMPLETE));
  }

  /** Whether every exploration of both is complete. */
  public boolean complete() {
    return rows.stream().allMatch(ComparisonRow::complete);
  }

  private static int count(List<ComparisonRow> rows, RowStatus status) {
    return Math.toIntExact(rows.stream().filter(row -> row.status() == status).count());
  }

  private static List<String> edges(LockGraph graph) {
    return graph.edges().stream().map(edge -> edge.from() + " -> " + edge.to()).distinct().toList();
  }

  private static List<String> cycles(LockGraph graph) {
    return graph.cycles().stream().map(Comparison::cycle).toList();
  }

  private static String cycle(LockCycle cycle) {
    return String.join(" -> ", cycle.classes())
        + " -> "
        + cycle.classes().get(0)
        + " ("
        + cycle.status()
        + ")";
  }
}
