package dev.mmexit.explorer.result;

import java.util.List;

/**
 * The lock-order graph of one variant over all that was explored, as lockdep would have learned it:
 * the document of {@code mmexit lockdep}.
 *
 * @param variant the variant explored
 * @param complete whether all of it was explored completely; else there may be more edges
 * @param classes the lock classes and events that were met, sorted
 * @param events those of them that are events: waited for, and ended by whoever owes them
 * @param edges what was taken or waited for while what was held, sorted by {@code from}, then
 *     {@code to}
 * @param cycles the cycles of the graph, each once, the witnessed ones first
 * @param functions what is held where each function is called, sorted by function
 */
public record LockGraph(
    String variant,
    boolean complete,
    List<String> classes,
    List<String> events,
    List<LockEdge> edges,
    List<LockCycle> cycles,
    List<HeldInFunction> functions) {
  public LockGraph {
    classes = List.copyOf(classes);
    events = List.copyOf(events);
    edges = List.copyOf(edges);
    cycles = List.copyOf(cycles);
    functions = List.copyOf(functions);
  }

  /** A complete graph without events and functions. */
  public LockGraph(
      String variant, List<String> classes, List<LockEdge> edges, List<LockCycle> cycles) {
    this(variant, true, classes, List.of(), edges, cycles, List.of());
  }
}
