package dev.mmexit.lincheck;

import java.util.HashMap;
import java.util.Map;

/**
 * Which states executions have come to. Lincheck stores none, so that it goes through all that
 * follows a state once for each order of what does not conflict that leads there. What follows is
 * the same, so one is enough: the first.
 */
final class Histories {
  /** By what stands for the state: what stands for the order in which it was first come to. */
  private final Map<Long, Long> first = new HashMap<>();

  private final boolean prunes;

  Histories(boolean prunes) {
    this.prunes = prunes;
  }

  /** Forgets all. */
  void clear() {
    first.clear();
  }

  /** How many states there were. */
  int size() {
    return first.size();
  }

  /**
   * Whether an execution that stands between two steps can tell what no other can. Lincheck comes
   * to one state by one and the same order many times, and goes another way each time.
   *
   * @param state of all that has happened, but for the order of what does not conflict
   * @param order of all that has happened
   */
  boolean isNew(long state, long order) {
    Long earlier = first.putIfAbsent(state, order);
    return !prunes || earlier == null || earlier == order;
  }

  /** Whether an execution in which someone gets a turn who can only wait again is given up. */
  boolean prunes() {
    return prunes;
  }
}
