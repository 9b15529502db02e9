package dev.mmexit.explorer.engine;

import dev.mmexit.kernel.Cell;
import dev.mmexit.kernel.Op;
import dev.mmexit.kernel.Struct;
import java.util.Arrays;

/** What the current step has done so far. */
final class StepLog {
  private static final int FIRST_SIZE = 256;

  private long[] accesses = new long[FIRST_SIZE];
  private int accessCount;
  private long[] uses = new long[FIRST_SIZE];
  private int useCount;
  private boolean opaque;
  private long visibleCell;
  private int visibleOp;

  private boolean on = true;

  private final Watch watch = new Watch();

  /** Has steps logged or not: nobody asks for those of an execution that repeats another. */
  void turn(boolean newOn) {
    on = newOn;
  }

  /** Forgets the last step: the next one begins with {@code op} on {@code cell}. */
  void begin(long cell, int op) {
    accessCount = 0;
    useCount = 0;
    opaque = false;
    visibleCell = cell;
    visibleOp = op;
  }

  /** Notes a plain or marked access. */
  void access(ControlledContext context, Cell cell, boolean write, boolean marked) {
    if (!on) {
      return;
    }
    if (accessCount == accesses.length) {
      accesses = Arrays.copyOf(accesses, accessCount * 2);
    }
    long access = Footprint.access(cell.key(), write, marked);
    accesses[accessCount++] = access;
    watch.access(context, cell, write, marked);
    if (!marked) {
      use(cell.key(), write);
    }
  }

  /** Notes that an assertion looks at a cell. */
  void look(Cell cell) {
    if (on) {
      use(cell.key(), false);
    }
  }

  /**
   * Notes that the step ends before an access to an object that is allocated, not before an error.
   */
  void finds(Struct struct) {
    if (on) {
      use(struct.canonicalHash(), false);
    }
  }

  /** Notes an operation of a primitive. */
  void operation(Cell cell, Op op) {
    if (!on) {
      return;
    }
    switch (op) {
      case READ_ONCE, COUNT, START -> use(cell.key(), false);
      case MUTEX_UNLOCK, SPIN_UNLOCK, SRCU_READ_UNLOCK -> undo(cell.key());
      // What a device sees is no cell's business alone.
      case HARDWARE -> opaque = true;
      // Additions to a set too: they commute, but what each adds to the fingerprint does not stay.
      default -> use(cell.key(), true);
    }
  }

  /** Notes that an object is freed: all of it changes. */
  void freed(Struct struct) {
    if (!on) {
      return;
    }
    use(struct.canonicalHash(), true);
    for (int i = 0; i < struct.size(); i++) {
      use(struct.cell(i).key(), true);
    }
  }

  private void use(long cell, boolean write) {
    if (useCount == uses.length) {
      uses = Arrays.copyOf(uses, useCount * 2);
    }
    uses[useCount++] = Footprint.access(cell, write, false);
  }

  /**
   * A lock that is taken and given up in one step is as it was, and whoever took it has learned
   * nothing: it only has to be free.
   */
  private void undo(long cell) {
    long taken = Footprint.access(cell, true, false);
    for (int i = useCount - 1; i >= 0; i--) {
      if (uses[i] == taken) {
        uses[i] = Footprint.access(cell, false, false);
        return;
      }
    }
    use(cell, true);
  }

  Footprint footprint() {
    return new Footprint(
        Arrays.copyOf(accesses, accessCount),
        visibleCell,
        visibleOp,
        opaque ? null : Footprint.sorted(uses, useCount));
  }

  /** Who accesses the cell that is watched. */
  Watch watch() {
    return watch;
  }
}
