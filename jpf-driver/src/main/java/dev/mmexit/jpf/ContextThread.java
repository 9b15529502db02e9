package dev.mmexit.jpf;

import dev.mmexit.kernel.Cell;
import org.jspecify.annotations.Nullable;

/** The thread of a context, and what the scheduling of it depends on. */
final class ContextThread extends Thread {
  /** Read by the module {@code jpf} where Java PathFinder finds that nobody can go on. */
  @SuppressWarnings({"UnusedVariable", "FieldCanBeLocal"})
  private String waitsFor = "";

  private boolean seen;
  private @Nullable Cell plain;
  private boolean writes;

  ContextThread(String name, Runnable body) {
    // No daemon: where only daemons can run, Java PathFinder goes on with none.
    super(body, name);
  }

  /** The calling thread. */
  static ContextThread current() {
    return (ContextThread) Thread.currentThread();
  }

  /** Notes what this waits for; empty where it does not wait. */
  void waitsFor(String what) {
    waitsFor = what;
  }

  /** Whether this has done something since its last point that others may see. */
  boolean isSeen() {
    return seen;
  }

  void isSeen(boolean newSeen) {
    seen = newSeen;
  }

  /** Notes the plain access that this stands before; null for none. */
  void standsBefore(@Nullable Cell cell, boolean isWrite) {
    plain = cell;
    writes = isWrite;
  }

  /**
   * Whether a plain access by another thread would be a data race with the one that is next: both
   * are to one address, whatever object was there when the pointers were read. Where nothing is
   * allocated there, they are errors and no race.
   */
  boolean isRacedBy(Cell cell, boolean isWrite) {
    Cell mine = plain;
    return mine != null
        && (writes || isWrite)
        && mine.resolved() == cell.resolved()
        && mine.resolved().struct().isAlive();
  }
}
