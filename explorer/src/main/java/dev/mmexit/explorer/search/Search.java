package dev.mmexit.explorer.search;

import dev.mmexit.explorer.engine.ControlledEngine;
import dev.mmexit.explorer.engine.Sharing;
import dev.mmexit.kernel.Mix;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What the workers of one search share. */
final class Search {
  private final VisitedStates visited = new VisitedStates();
  private final VisitedStates arrivals = new VisitedStates();
  private final StateGraph graph = new StateGraph();
  private final Labels labels = new Labels();
  private final @Nullable LockUses locks;

  /** Where no graph is kept: for each number of the table of locks where it was first met. */
  private final Map<Integer, Schedule> lockSchedules = new TreeMap<>();

  private final Findings findings = new Findings();
  private final TaskPool pool;
  private final Limits limits;

  private final boolean reduction;
  private final Sharing sharing;

  /** How much was known of shared memory when this search began. */
  private final long known;

  private final AtomicInteger places = new AtomicInteger();

  /** One more than the searches before that count no more. */
  private final int number;

  Search(
      int number,
      int workers,
      Limits limits,
      boolean reduction,
      boolean learnsLocks,
      Sharing sharing) {
    this.locks = learnsLocks ? new LockUses() : null;
    this.pool = new TaskPool(workers);
    this.limits = limits;
    this.number = number;
    this.reduction = reduction;
    this.sharing = sharing;
    this.known = sharing.changes();
  }

  /** Whether another execution may begin. */
  boolean mayExecute() {
    return !isStopped() && limits.mayExecute();
  }

  /** Whether contexts turned out to share more than was assumed: this search counts no more. */
  boolean isOutdated() {
    return reduction && sharing.changes() != known;
  }

  boolean isStopped() {
    return limits.stopped() || isOutdated();
  }

  int number() {
    return number;
  }

  Sharing sharing() {
    return sharing;
  }

  /** The number of the state that {@code engine} is in; complemented where it was seen before. */
  int arrive(ControlledEngine engine, long extra) {
    if (!reduction) {
      return places.getAndIncrement() & Integer.MAX_VALUE;
    }
    return visited.add(engine.fingerprint0() + extra, engine.fingerprint1() ^ extra);
  }

  /**
   * Whether a step has led here that leaves something to be compared with what is next, and none
   * that leaves the same has led here before.
   */
  boolean leavesAnew(ControlledEngine engine, long extra) {
    long tail = engine.tail();
    return tail != 0
        && arrivals.add(
                engine.fingerprint0() + extra + tail, engine.fingerprint1() ^ extra ^ Mix.mix(tail))
            >= 0;
  }

  /** Whether the outcome of a step may be told from what it did in another state. */
  boolean foresees() {
    // With a bound on preemptions, who took the last step is part of the state.
    return reduction && !limits.bindsPreemptions();
  }

  /** The number of the state with this fingerprint; -1 where it has not been seen. */
  int find(long print0, long print1) {
    return visited.find(print0, print1);
  }

  /** Whether states and transitions are kept; without, every interleaving is executed. */
  boolean keepsGraph() {
    return reduction;
  }

  /** The number of states so far; without reduction, of places in the tree of executions. */
  long states() {
    return reduction ? visited.size() : Integer.toUnsignedLong(places.get());
  }

  VisitedStates visited() {
    return visited;
  }

  StateGraph graph() {
    return graph;
  }

  /** What is learned of locks; null where nobody wants to know. */
  @Nullable LockUses locks() {
    return locks;
  }

  Map<Integer, Schedule> lockSchedules() {
    return lockSchedules;
  }

  Labels labels() {
    return labels;
  }

  Findings findings() {
    return findings;
  }

  TaskPool pool() {
    return pool;
  }

  Limits limits() {
    return limits;
  }
}
