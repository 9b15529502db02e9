package dev.mmexit.explorer.search;

import dev.mmexit.explorer.engine.LockClass;
import dev.mmexit.kernel.FindingKind;
import dev.mmexit.scenario.FinalState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the workers have found so far: which findings, and at which states of the graph. */
final class Findings {
  /** No step: the finding is in the state itself. */
  static final int NO_STEP = -1;

  private final Map<Key, List<Occurrence>> found = new TreeMap<>();
  private final Map<Key, Schedule> schedules = new TreeMap<>();
  private final SortedMap<Key, List<LockClass>> cycles = new TreeMap<>();
  private final Set<FinalState> finalStates = ConcurrentHashMap.newKeySet();
  private int terminals;

  /**
   * Where a finding is.
   *
   * @param state the state in which it is, or from which the step goes that shows it
   * @param first the label of the context whose step shows it; {@link #NO_STEP} for none
   * @param second the label of one whose step follows, for a race of two steps
   */
  record Occurrence(int state, int first, int second) {}

  /** Notes a finding of an exploration that keeps the graph. */
  synchronized void add(Key key, Occurrence occurrence) {
    found.computeIfAbsent(key, unknown -> new ArrayList<>()).add(occurrence);
  }

  /** Notes a finding of an exploration that keeps nothing: the best schedule stays. */
  synchronized void add(Key key, Schedule schedule) {
    schedules.merge(key, schedule, (one, other) -> one.compareTo(other) <= 0 ? one : other);
  }

  /** Notes who waits for whom in a finding; asks for it only where it is not known. */
  synchronized void addCycle(Key key, Supplier<List<LockClass>> cycle) {
    if (key.kind() == FindingKind.DEADLOCK || key.kind() == FindingKind.LOCK_MISUSE) {
      cycles.computeIfAbsent(key, unknown -> cycle.get());
    }
  }

  /** The findings of contexts that wait for each other, with what they wait for. */
  synchronized SortedMap<Key, List<LockClass>> cycles() {
    SortedMap<Key, List<LockClass>> found = new TreeMap<>(cycles);
    found.values().removeIf(List::isEmpty);
    return found;
  }

  synchronized void terminal(@Nullable FinalState finalState) {
    terminals++;
    if (finalState != null) {
      finalStates.add(finalState);
    }
  }

  /** The number of states that no step leaves. */
  synchronized int terminals() {
    return terminals;
  }

  synchronized Map<Key, List<Occurrence>> all() {
    return Collections.unmodifiableMap(new TreeMap<>(found));
  }

  /** The findings of an exploration that keeps nothing, with their schedules. */
  synchronized Map<Key, Schedule> schedules() {
    return new TreeMap<>(schedules);
  }

  /** The number of distinct findings. */
  synchronized int size() {
    return found.size() + schedules.size();
  }

  /** The distinct final states. */
  List<FinalState> finalStates() {
    return new ArrayList<>(finalStates);
  }
}
