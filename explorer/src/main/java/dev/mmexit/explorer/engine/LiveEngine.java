package dev.mmexit.explorer.engine;

import dev.mmexit.explorer.coroutine.Coroutines;
import dev.mmexit.kernel.Cell;
import dev.mmexit.kernel.Context;
import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Event;
import dev.mmexit.kernel.FindingKind;
import dev.mmexit.kernel.Flag;
import dev.mmexit.kernel.HlistNode;
import dev.mmexit.kernel.KernelBug;
import dev.mmexit.kernel.ListHead;
import dev.mmexit.kernel.Mix;
import dev.mmexit.kernel.Op;
import dev.mmexit.kernel.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what modelled code does in the steps of an execution: with a scheduling point before,
 * where others that go first can make a difference, and noted for all that depends on it.
 */
abstract class LiveEngine extends Engine {
  /** More accesses than this in one step mean that it goes round without end. */
  private static final int MAX_ACCESSES = 20_000;

  final Reduction reduction;
  final Memory memory = new Memory();
  final SetUp setUp = new SetUp(this);
  final Scheduler scheduler;
  boolean settingUp = true;
  private boolean hardware;

  /** The operations and plain accesses that were carried out so far. */
  long operations;

  private WarningSink warnings = (object, sentence) -> {};

  final StepLog log = new StepLog();
  final LockFollower locks = new LockFollower();
  final Trail trail = new Trail(memory);
  final Points points;

  /**
   * An engine that is ready for the set-up.
   *
   * @param granularity where contexts can be switched
   * @param sharing what is known of shared memory; learns from what this engine executes
   */
  LiveEngine(Coroutines coroutines, Granularity granularity, Sharing sharing) {
    this.reduction = new Reduction(granularity, sharing, trail.undo());
    StepFollower follower = new StepFollower(reduction, log, locks, setUp);
    this.scheduler = new Scheduler(coroutines, setUp.context(), follower, trail);
    this.points = new Points(this, scheduler, reduction, log);
    setUp.prepare();
  }

  /** Sends warnings to {@code sink}. */
  public void onWarning(WarningSink sink) {
    warnings = sink;
  }

  /** Ends the set-up: each execution starts from the state that it left. */
  public void endSetUp() {
    memory.keep();
    if (reusesMemory()) {
      reduction.reuseMemory();
    }
    for (Struct struct : memory.structs()) {
      reduction.fixed(struct);
    }
    settingUp = false;
  }

  /**
   * Notes what a context was told by one of its calls.
   *
   * @param about what the call was about
   */
  abstract void told(ControlledContext me, Object about, @Nullable Object answer);

  @Override
  public Context current() {
    return scheduler.current();
  }

  @Override
  protected @Nullable Object read(Cell cell) {
    ControlledContext me = scheduler.current();
    Cell here = plain(me, cell, false);
    me.observe(here.peekHash());
    Object found = here.peek();
    told(me, here, found);
    return found;
  }

  @Override
  protected void write(Cell cell, @Nullable Object value) {
    ControlledContext me = scheduler.current();
    memory.write(plain(me, cell, true), value);
    // Nothing is learned from it, but who has done it stands elsewhere than who has not.
    me.observe(cell.key());
    published(value);
    told(me, cell, null);
  }

  private void published(@Nullable Object value) {
    if (value instanceof Struct struct) {
      publish(struct);
    } else if (value instanceof ListHead<?> node) {
      publish(node.struct());
    } else if (value instanceof HlistNode<?> node) {
      publish(node.entry());
    }
  }

  /** The field that is at the address once it is this context's turn. */
  private Cell plain(ControlledContext me, Cell asked, boolean write) {
    if (settingUp) {
      return asked;
    }
    operations++;
    Cell cell = points.plain(me, asked, write);
    note(me, cell, write, false);
    return cell;
  }

  private void note(ControlledContext me, Cell cell, boolean write, boolean marked) {
    if (settingUp) {
      return;
    }
    log.access(me, cell, write, marked);
    checkEnds(me, cell);
  }

  private void checkEnds(ControlledContext me, Cell cell) {
    if (me.places() > MAX_ACCESSES) {
      throw KernelBug.of(
          FindingKind.LIVELOCK,
          cell.struct(),
          here() + " goes round without end, last at " + cell.describe());
    }
  }

  @Override
  protected @Nullable Object act(Cell asked, Op op, @Nullable Object argument) {
    ControlledContext me = scheduler.current();
    Op.Kind kind = op.kind();
    if (kind == Op.Kind.SLEEPING) {
      checkMaySleep(asked, op);
    }
    if (settingUp) {
      setUp.await(asked, op, argument);
    } else {
      locks.before(me, asked, op, argument);
      operations++;
      points.operation(me, asked, op, argument);
      log.operation(asked.resolved(), op);
    }
    // While it waited, the memory may have been given to another object.
    Cell cell = asked.resolved();
    cell.use(op);
    checkEnds(me, cell);
    Object result = apply(me, cell, op, argument);
    if (!settingUp) {
      reduction.order(me, cell, op);
      locks.after(me, cell, op, argument);
    }
    if (!Waits.unnoticed(op)) {
      me.observe(Mix.chain(op.code(), Mix.of(result)));
    }
    if (op == Op.READ_ONCE || op == Op.WRITE_ONCE) {
      note(me, cell, op == Op.WRITE_ONCE, true);
      published(argument);
    }
    told(me, cell, result);
    return result;
  }

  /** Carries out the action of an operation. */
  @Nullable Object apply(ControlledContext me, Cell cell, Op op, @Nullable Object argument) {
    if (op != Op.HARDWARE) {
      return cell.apply(op, argument, me);
    }
    hardware = true;
    try {
      return cell.apply(op, argument, me);
    } finally {
      hardware = false;
    }
  }

  @Override
  protected void publish(Struct struct) {
    reduction.published(struct);
  }

  @Override
  protected void touch(Cell cell) {
    if (settingUp) {
      return; // Nobody else runs, and what there is from the start is not known yet.
    }
    if (hardware) {
      reduction.device(cell);
    } else {
      log.look(cell);
    }
  }

  @Override
  protected void await(Cell event, @Nullable Cell released) {
    if (!settingUp) {
      locks.awaits(scheduler.current(), event, released);
    }
  }

  @Override
  protected void owe(Cell event, boolean owed) {
    if (!settingUp) {
      locks.owes(scheduler.current(), event, owed);
    }
  }

  @Override
  protected boolean choose(Cell cell, boolean open) {
    if (settingUp) {
      return false;
    }
    ControlledContext me = scheduler.current();
    if (!me.repeats()) {
      log.look(cell);
      if (!open) {
        told(me, cell, false);
        return false;
      }
    }
    me.soFar().beginWithChoice(scheduler.point(me, cell, Op.CHOOSE, null));
    me.proceed();
    if (me.isFailing()) {
      log.operation(cell, Op.CHOOSE);
      me.observe(Op.CHOOSE.code());
    }
    told(me, cell, me.isFailing());
    return me.isFailing();
  }

  @Override
  protected void replace(Cell cell, @Nullable Object value) {
    memory.write(cell, value);
  }

  @Override
  protected void succeed(Struct freed, Struct next) {
    memory.succeed(freed, next);
  }

  @Override
  protected void writes(Flag flag) {
    memory.writes(flag, scheduler.current());
  }

  @Override
  protected void allocate(Struct struct) {
    memory.allocate(struct);
    if (!settingUp) {
      // Whoever still has a pointer to memory that is used again finds the new object in it.
      reduction.allocated(struct, reusesMemory() ? null : scheduler.current());
    }
  }

  @Override
  protected long freshKey() {
    ControlledContext me = scheduler.current();
    long key = scheduler.freshKey();
    told(me, Long.class, key);
    return key;
  }

  @Override
  protected void beforeFree(Struct struct) {
    if (settingUp) {
      return;
    }
    ControlledContext me = scheduler.current();
    points.free(me, struct, setUp.cell());
    log.freed(struct);
    me.observe(struct.canonicalHash());
    told(me, struct, null);
  }

  @Override
  protected void free(Struct struct) {
    memory.free(struct);
  }

  @Override
  protected Context spawn(String kind, Cell cell, Op op, @Nullable Object argument, Runnable body) {
    if (settingUp) {
      return setUp.spawn(kind, cell, op, argument, body);
    }
    ControlledContext me = scheduler.current();
    Context spawned = scheduler.spawn(kind, body, cell, op, argument);
    told(me, cell, spawned);
    return spawned;
  }

  @Override
  protected void enter(String function) {
    ControlledContext me = scheduler.current();
    me.open(function);
    if (!settingUp && !me.repeats()) {
      locks.enters(me, function);
    }
    if (isRecording()) {
      tell(Event.Kind.ENTER, function);
    }
  }

  @Override
  protected void leave(String function, @Nullable Object result) {
    if (isRecording()) {
      tell(Event.Kind.LEAVE, function);
    }
    scheduler.current().close(Mix.of(result));
  }

  @Override
  public void warn(@Nullable Struct object, String sentence) {
    warnings.warned(object, sentence);
    tell(Event.Kind.NOTE, "WARN_ON: " + sentence);
  }

  void runAs(ControlledContext context) {
    scheduler.runAs(context);
  }
}
