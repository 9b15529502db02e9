package dev.mmexit.explorer.engine;

import dev.mmexit.kernel.Cell;
import dev.mmexit.kernel.KernelBug;
import dev.mmexit.kernel.Mix;
import dev.mmexit.kernel.Op;
import dev.mmexit.kernel.Struct;
import org.jspecify.annotations.Nullable;

/** Keeps what is learned and logged in step with the execution. */
final class StepFollower implements Scheduler.Steps {
  private final Reduction reduction;
  private final StepLog log;
  private final LockFollower locks;
  private final SetUp setUp;

  StepFollower(Reduction reduction, StepLog log, LockFollower locks, SetUp setUp) {
    this.reduction = reduction;
    this.log = log;
    this.locks = locks;
    this.setUp = setUp;
  }

  @Override
  public void begins(@Nullable Cell cell, @Nullable Op op) {
    log.begin(cell == null ? 0 : cell.key(), op == null ? 0 : op.code());
    locks.begin();
  }

  /** A work item or callback knows what was released where it waited to start. */
  @Override
  public void started(ControlledContext self, @Nullable Cell cell, @Nullable Op op) {
    if (cell != null && op != null) {
      reduction.order(self, cell, op);
      log.operation(cell, op);
      locks.after(self, cell, op, null);
    }
  }

  @Override
  public void startedAgain(ControlledContext self, @Nullable Cell cell, @Nullable Op op) {
    if (cell != null && op != null) {
      locks.again(self, cell, op, null);
    }
  }

  @Override
  public void foundBefore(ControlledContext self, KernelBug found) {
    Struct object = found.object();
    if (object != null && !object.isAlive()) {
      reduction.usedAfterFree(object);
    }
    // Nothing is observed between the end of one access and an error in the next, so that where
    // it stands has to be told.
    self.observe(Mix.chain(found.kind().label().hashCode(), Mix.of(object)));
    self.observe(self.functionHash());
    self.pend(setUp.cell(), Op.BUG, null);
  }
}
