package dev.mmexit.jpf.checker;

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
  private static Run current = new Run(Set.of());

  private final Set<Long> contended;
  private final Set<Long> news = new HashSet<>();
  private final Map<Long, Users> users = new HashMap<>();
  private final Map<String, String> findings = new LinkedHashMap<>();
  private final Set<String> finalStates = new HashSet<>();
  private boolean satisfied;
  private long statesToFirst;
  private long firstAt;
  private long states;

  /** Who has used a place: the first one, and whether there are others and it was changed. */
  private static final class Users {
    final long first;
    boolean several;
    boolean changed;

    Users(long first) {
      this.first = first;
    }
  }

  /** A run that switches threads before uses of these places. */
  Run(Set<Long> contended) {
    this.contended = Set.copyOf(contended);
  }

  static void begin(Run run) {
    current = run;
  }

  /** The run that is under way. */
  public static Run current() {
    return current;
  }

  /** Notes a use of a place; whether it is one at which threads are switched. */
  public boolean use(long place, long context, boolean changes) {
    Users by = users.computeIfAbsent(place, key -> new Users(context));
    by.several |= by.first != context;
    by.changed |= changes;
    if (by.several && by.changed && !contended.contains(place)) {
      news.add(place);
    }
    return contended.contains(place);
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

  /** The places that threads were seen to contend for, but not switched at. */
  Set<Long> news() {
    return news;
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
