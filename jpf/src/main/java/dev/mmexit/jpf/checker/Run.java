package dev.mmexit.jpf.checker;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What one exploration of Java PathFinder has seen so far. It is outside of the states that Java
 * PathFinder stores and goes back to. There is one at a time in a Java virtual machine, as the
 * native peers have no other way to it.
 */
public final class Run {
  private static Run current = new Run();

  private final Map<Long, Set<Use>> known;
  private final Map<Long, Set<Use>> uses = new HashMap<>();
  private boolean news;
  private final Map<String, String> findings = new LinkedHashMap<>();
  private final Set<String> finalStates = new HashSet<>();
  private boolean satisfied;
  private long statesToFirst;
  private long firstAt;
  private long states;

  /**
   * How a context uses a place.
   *
   * @param context stands for the context
   * @param locks stand for the locks that it holds
   * @param changes whether it is more than a look
   */
  private record Use(long context, Set<Long> locks, boolean changes) {
    /** Whether the two can come in either order, and that makes a difference. */
    boolean conflicts(Use other) {
      return context != other.context
          && (changes || other.changes)
          && Collections.disjoint(locks, other.locks);
    }

    /** Without a stream: it is asked at each access. */
    boolean conflictsWithAny(Set<Use> others) {
      for (Use other : others) {
        if (conflicts(other)) {
          return true;
        }
      }
      return false;
    }
  }

  /** A run that knows what another one has seen. */
  Run(Run before) {
    known = before.uses;
    known.forEach((place, by) -> uses.put(place, new HashSet<>(by)));
  }

  /** A run that knows nothing. */
  Run() {
    known = Map.of();
  }

  static void begin(Run run) {
    current = run;
  }

  /** The run that is under way. */
  public static Run current() {
    return current;
  }

  /** Notes a use of a place; whether others use it so that they may as well go first. */
  public boolean use(long place, long context, Set<Long> locks, boolean changes) {
    Use use = new Use(context, locks, changes);
    Set<Use> all = uses.computeIfAbsent(place, key -> new HashSet<>());
    if (all.add(use)) {
      news |= use.conflictsWithAny(all);
    }
    return use.conflictsWithAny(known.getOrDefault(place, Set.of()));
  }

  /** Notes a finding. */
  public void found(String kind, String sentence) {
    if (findings.isEmpty()) {
      statesToFirst = states;
      firstAt = System.nanoTime();
    }
    findings.putIfAbsent(kind, sentence);
  }

  /** Notes the end of an execution in which everything has ended. */
  public void ended(String state, boolean satisfies) {
    finalStates.add(state);
    satisfied |= satisfies;
  }

  void newState() {
    states++;
  }

  /** Whether threads use places in ways of which nothing was known when this began. */
  boolean hasNews() {
    return news;
  }

  /** At how many places threads are switched. */
  int points() {
    return (int)
        known.values().stream()
            .filter(all -> all.stream().anyMatch(use -> use.conflictsWithAny(all)))
            .count();
  }

  Map<String, String> findings() {
    return findings;
  }

  Set<String> finalStates() {
    return finalStates;
  }

  boolean isSatisfied() {
    return satisfied;
  }

  long states() {
    return states;
  }

  long statesToFirst() {
    return statesToFirst;
  }

  long firstAt() {
    return firstAt;
  }
}
