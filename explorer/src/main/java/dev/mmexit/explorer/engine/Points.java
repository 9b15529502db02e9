package dev.mmexit.explorer.engine;

import dev.mmexit.kernel.Cell;
import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Op;
import dev.mmexit.kernel.Struct;
import org.jspecify.annotations.Nullable;

/**
 * The scheduling points: what a context is about to do begins a step where others that go first can
 * make a difference, and belongs to the step that it is in where not.
 */
final class Points {
  private final Engine engine;
  private final Scheduler scheduler;
  private final Reduction reduction;
  private final StepLog log;

  Points(Engine engine, Scheduler scheduler, Reduction reduction, StepLog log) {
    this.engine = engine;
    this.scheduler = scheduler;
    this.reduction = reduction;
    this.log = log;
  }

  /** Returns when the chooser lets this context go on, at once where it has. */
  private void point(ControlledContext me, Cell cell, Op op, @Nullable Object argument) {
    me.soFar().begin(scheduler.point(me, cell, op, argument));
    me.proceed();
    if (engine.reusesMemory()) {
      // Where others go first they may leave another object there, and no error that shows it.
      me.soFar().entangle();
    }
    // A plain write is not observed by who does it, but has to be told from the one before.
    if (!Waits.unnoticed(op)) {
      me.observe(op.code());
    }
  }

  /**
   * Before a plain access.
   *
   * @return the field that is at the address once it is this context's turn
   */
  Cell plain(ControlledContext me, Cell asked, boolean write) {
    Interference others;
    boolean point;
    if (me.repeats()) {
      point = true;
      others = me.others();
    } else {
      others = orReused(reduction.plain(me, asked, write));
      point = reduction.beginsWith(me, asked, others);
      if (point) {
        log.finds(asked.struct());
      }
    }
    if (point) {
      me.standsBefore(others, false);
      point(me, asked, Op.PLAIN, null);
    }
    Cell cell = asked.resolved();
    if (cell != asked) {
      // Meanwhile the memory was given to another object, which this is an access to.
      others = orReused(reduction.plain(me, cell, write));
    }
    reduction.makes(me, cell, write);
    me.soFar().place(others);
    if (point) {
      // Another context may have freed it meanwhile.
      cell.struct().use(write ? "written" : "read", cell);
    }
    return cell;
  }

  /** Before an operation of a primitive. */
  void operation(ControlledContext me, Cell cell, Op op, @Nullable Object argument) {
    Op.Kind kind = op.kind();
    boolean locks = kind == Op.Kind.SLEEPING || kind == Op.Kind.SPINNING;
    Interference others;
    // Others may free meanwhile what is given up here.
    boolean mayBeFreed;
    boolean point;
    if (me.repeats()) {
      point = true;
      others = me.others();
      mayBeFreed = me.flag();
    } else {
      others = orReused(reduction.operation(me, cell, op, argument, locks));
      mayBeFreed = reduction.releasesFreed(cell, op);
      point = reduction.beginsWith(me, op, others, locks) || (mayBeFreed && !me.soFar().canMerge());
    }
    if (point) {
      me.standsBefore(others, mayBeFreed);
      point(me, cell, op, argument);
    }
    Cell there = cell.resolved();
    if (there != cell) {
      others = orReused(reduction.operation(me, there, op, argument, locks));
    }
    reduction.makes(me, there, op);
    if (op == Op.DROP) {
      me.soFar().place(others);
      me.soFar().drop();
    } else if (op == Op.SRCU_READ_UNLOCK) {
      me.soFar().release(true);
    } else if (kind == Op.Kind.RELEASE) {
      me.soFar().release(others == Interference.USED);
    } else if (locks) {
      me.soFar().acquire(others);
    } else {
      me.soFar().place(others);
      me.soFar().matters();
    }
    if (mayBeFreed) {
      me.soFar().matters();
    }
  }

  /**
   * Before an object is freed.
   *
   * @param nowhere what a context that waits for its turn to free something waits on
   */
  void free(ControlledContext me, Struct struct, Cell nowhere) {
    Interference others;
    boolean point;
    if (me.repeats()) {
      point = true;
      others = me.others();
    } else {
      boolean racy = reduction.frees(me, struct);
      others = racy ? Interference.USED : Interference.NONE;
      point = reduction.beginsWithFree(me, racy);
    }
    if (point) {
      me.standsBefore(others, false);
      point(me, nowhere, Op.KFREE, null);
    }
    reduction.makesFree(me, struct);
    me.soFar().place(others);
  }

  /** What comes after freeing is one error, unless the memory comes back as something else. */
  private Interference orReused(Interference others) {
    return others == Interference.FREED && engine.reusesMemory() ? Interference.USED : others;
  }
}
