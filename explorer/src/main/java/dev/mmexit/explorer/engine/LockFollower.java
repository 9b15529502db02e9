package dev.mmexit.explorer.engine;

import dev.mmexit.kernel.Cell;
import dev.mmexit.kernel.Op;
import org.jspecify.annotations.Nullable;

/** Has a {@link LockLog} follow what contexts hold, once somebody wants to know. */
final class LockFollower {
  private @Nullable LockLog log;

  /** Follows them from the next execution on. */
  void learn(LockTable table, @Nullable LockListener listener) {
    log = new LockLog(table, listener);
  }

  /** Whether anybody wants to know. */
  boolean isFollowing() {
    return log != null;
  }

  /** What the last step took while it held what, as a number of the table. */
  int step() {
    return log == null ? LockTable.NOTHING : log.step();
  }

  void turn(boolean on) {
    if (log != null) {
      log.turn(on);
    }
  }

  void begin() {
    if (log != null) {
      log.begin();
    }
  }

  void enters(ControlledContext me, String function) {
    if (log != null) {
      log.enters(me, function);
    }
  }

  void before(ControlledContext me, Cell cell, Op op, @Nullable Object argument) {
    if (log != null) {
      log.before(me, cell, op, argument);
    }
  }

  void after(ControlledContext me, Cell cell, Op op, @Nullable Object argument) {
    if (log != null) {
      log.after(me, cell, op, argument);
    }
  }

  /** What the context holds changes as it did when it did this for the first time. */
  void again(ControlledContext me, Cell cell, Op op, @Nullable Object argument) {
    if (log != null) {
      log.again(me, cell, op, argument);
    }
  }

  void awaits(ControlledContext me, Cell event, @Nullable Cell released) {
    if (log != null) {
      log.awaits(me, event, released);
    }
  }

  void owes(ControlledContext me, Cell event, boolean owed) {
    if (log != null) {
      log.owes(me, event, owed);
    }
  }
}
