package dev.mmexit.explorer.result;

import java.util.List;

/**
 * A cycle of the lock-order graph.
 *
 * @param classes its classes in order, from the first by name; the last leads to the first
 * @param status whether a deadlock in it was executed
 * @param scenario the scenario that shows the deadlock; where none does, the one that shows the
 *     cycle's last edge
 * @param schedule a schedule of that scenario: the one that blocks, or the one that makes the edge
 */
public record LockCycle(List<String> classes, Status status, String scenario, String schedule) {

  /** How much is known of a cycle. */
  public enum Status {
    /** The schedule ends in a deadlock through exactly these classes. */
    WITNESSED,
    /** The edges exist; no execution was seen that blocks in them. */
    POSSIBLE
  }

  public LockCycle {
    classes = List.copyOf(classes);
  }
}
