package dev.mmexit.explorer.result;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One dependency of the lock-order graph: somebody who held {@code from} took {@code to}, or waited
 * for it; or, where {@code from} is an event, whoever ends the wait for {@code from} took {@code
 * to} before.
 *
 * @param from the class that was held, or the event that was to be ended
 * @param to the class that was taken, or the event that was waited for
 * @param kind whether both ends are locks, or one is an event
 * @param scenario the name of the first scenario that shows it
 * @param schedule the schedule that shows it there: what {@code replay} takes
 * @param thread the name of the thread that made the edge
 * @param fromStack the functions that it was in when it took {@code from}, innermost first
 * @param toStack the functions that it was in when it took {@code to}, innermost first
 */
public record LockEdge(
    String from,
    String to,
    Kind kind,
    String scenario,
    String schedule,
    String thread,
    List<String> fromStack,
    List<String> toStack) {

  /** What an edge is between. */
  public enum Kind {
    /** Two locks. */
    LOCK("lock"),
    /** A lock and an event, in either order, or two events. */
    EVENT("event");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    /** The word for it in results. */
    public String label() {
      return label;
    }

    /** The kind with the given label. */
    public static Optional<Kind> parse(String label) {
      return Arrays.stream(values()).filter(kind -> kind.label.equals(label)).findFirst();
    }
  }

  public LockEdge {
    fromStack = List.copyOf(fromStack);
    toStack = List.copyOf(toStack);
  }
}
