package dev.mmexit.explorer.result;

import java.util.List;

/**
 * The lock-order graph of one variant over all that was explored, as lockdep would have learned it:
 * the document of {@code mmexit lockdep}.
 *
 * @param variant the variant explored
 * @param classes the lock classes and events that were met, sorted
 * @param edges what was taken or waited for while what was held, sorted by {@code from}, then
 *     {@code to}
 * @param cycles the cycles of the graph, each once, the witnessed ones first
 */
public record LockGraph(
    String variant, List<String> classes, List<LockEdge> edges, List<LockCycle> cycles) {
  public LockGraph {
    classes = List.copyOf(classes);
    edges = List.copyOf(edges);
    cycles = List.copyOf(cycles);
  }
}
