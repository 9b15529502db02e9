package dev.mmexit.lincheck;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which calls that may fail do so: one exploration for each set of them. Calls are counted in the
 * order of the execution.
 */
final class Choices {
  private final Deque<Set<Integer>> open = new ArrayDeque<>();
  private Set<Integer> failing = Set.of();
  private int most;
  private int calls;

  /** A new execution. */
  void begin() {
    calls = 0;
  }

  /** Whether the next call that may fail does. */
  boolean next() {
    most = Math.max(most, calls + 1);
    return failing.contains(calls++);
  }

  /** Goes on to the next set; false where there is none. */
  boolean advance() {
    int from = failing.stream().mapToInt(Integer::intValue).max().orElse(-1) + 1;
    for (int call = from; call < most; call++) {
      Set<Integer> more = new TreeSet<>(failing);
      more.add(call);
      open.add(more);
    }
    most = 0;
    Set<Integer> next = open.poll();
    if (next == null) {
      return false;
    }
    failing = next;
    return true;
  }
}
