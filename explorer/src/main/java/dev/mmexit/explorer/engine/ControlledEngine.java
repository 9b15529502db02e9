package dev.mmexit.explorer.engine;

import static java.util.Objects.requireNonNull;

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
import dev.mmexit.scenario.Host;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs one context at a time. At scheduling points the {@link Chooser} says who goes on; a step is
 * what a context does from one point to its next. In a step there are, in this order: locks taken,
 * at most one access that others may interfere with, and locks given up; the rest commutes with
 * what others do, as far as {@link Sharing} knows, so that a step is as good as atomic.
 *
 * <p>The state is kept as a fingerprint of 128 bits: the {@link Memory} plus the local state of
 * each {@link ControlledContext}.
 */
public final class ControlledEngine extends Engine implements Host {
  /** More accesses than this in one step mean that it goes round without end. */
  private static final int MAX_ACCESSES = 20_000;

  private final Reduction reduction;
  private final Memory memory = new Memory();
  private final SetUp setUp = new SetUp(this);
  private final Scheduler scheduler;
  private boolean settingUp = true;
  private boolean hardware;

  /** The operations and plain accesses so far, those of repeated steps included. */
  private long operations;

  private WarningSink warnings = (object, sentence) -> {};

  private final StepLog log = new StepLog();
  private final LockFollower locks = new LockFollower();
  private final Trail trail = new Trail(memory);
  private final Points points;

  /**
   * An engine that is ready for the set-up.
   *
   * @param granularity where contexts can be switched
   * @param sharing what is known of shared memory; learns from what this engine executes
   */
  public ControlledEngine(Coroutines coroutines, Granularity granularity, Sharing sharing) {
    this.reduction = new Reduction(granularity, sharing, trail.undo());
    StepFollower follower = new StepFollower(reduction, log, locks, setUp);
    this.scheduler = new Scheduler(this, coroutines, setUp.context(), follower, trail);
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

  @Override
  public Engine engine() {
    return this;
  }

  @Override
  public void settle() {
    setUp.drain();
  }

  /**
   * Runs one execution from where the set-up ended, until the chooser ends it or a bug does.
   *
   * @param names the threads' names
   * @param plan the choices with which it begins, and maybe more
   * @param repeated how many of these choices are of steps that {@link #repeat} is told to be known
   * @return the bug that ended it; null where the chooser did
   */
  public @Nullable KernelBug execute(
      List<String> names, ThreadBody body, Chooser chooser, byte[] plan, int repeated) {
    int common = trail.common(plan, repeated, scheduler.contexts());
    if (common > 0) {
      scheduler.back(common);
    } else {
      reset(names, body);
    }
    boolean anew = common == 0;
    reduction.beginExecution(anew);
    log.begin(0, 0);
    log.turn(anew);
    locks.begin();
    locks.turn(anew);
    return scheduler.run(chooser);
  }

  private void reset(List<String> names, ThreadBody body) {
    scheduler.reset();
    memory.reset();
    trail.begin();
    for (int i = 0; i < names.size(); i++) {
      int index = i;
      String name = names.get(i);
      long key = Mix.chain(0x510e527fade682d1L, i);
      scheduler.add(name, name, key, () -> body.run(index), setUp.cell(), Op.START, null);
    }
  }

  /** The number of choices that this execution has made, or has in common with the one before. */
  public int depth() {
    return trail.step();
  }

  /** Begins the operation with the given number of the current thread. */
  public void beginOperation(int number) {
    scheduler.current().begin(number);
  }

  @Override
  public Context current() {
    return scheduler.current();
  }

  @Override
  protected @Nullable Object read(Cell cell) {
    ControlledContext me = scheduler.current();
    if (isTold(me)) {
      return me.past().again(cell);
    }
    Cell here = plain(me, cell, false);
    me.observe(here.peekHash());
    Object found = here.peek();
    told(me, here, found);
    return found;
  }

  /** Whether the context is told what its next call was told before. */
  private static boolean isTold(ControlledContext me) {
    return me.repeats() && me.past().isBehind();
  }

  /** Notes what a context was told. */
  private void told(ControlledContext me, Object about, @Nullable Object answer) {
    if (!settingUp) {
      me.past().add(about, answer);
    }
  }

  @Override
  protected void write(Cell cell, @Nullable Object value) {
    ControlledContext me = scheduler.current();
    if (isTold(me)) {
      me.past().again(cell);
      return;
    }
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
    if (isTold(me)) {
      return actAgain(me, asked, op, argument);
    }
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
    hardware = op == Op.HARDWARE;
    int calls = me.past().size();
    Object result;
    try {
      result = cell.apply(op, argument, me);
    } finally {
      // What is looked at in the action is not told to the context.
      me.past().cut(calls);
      hardware = false;
    }
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

  private @Nullable Object actAgain(
      ControlledContext me, Cell asked, Op op, @Nullable Object argument) {
    Cell cell = me.past().subject() instanceof Cell then ? then : asked;
    Object result = me.past().again(asked);
    locks.again(me, cell, op, argument);
    cell.reapply(op, me);
    return result;
  }

  @Override
  @SuppressWarnings("unchecked") // it is what the same call got
  public <T extends Struct> T create(Supplier<T> constructor) {
    ControlledContext me = scheduler.current();
    if (me.repeats()) {
      return (T) requireNonNull(me.past().again(Struct.class));
    }
    int calls = me.past().size();
    me.create(true);
    T made = constructor.get();
    me.create(false);
    me.past().cut(calls);
    told(me, Struct.class, made);
    return made;
  }

  @Override
  @SuppressWarnings({"unchecked", "NullAway"}) // it is what the same call got, null or not
  public <T extends @Nullable Object> T glance(Supplier<T> look) {
    ControlledContext me = scheduler.current();
    if (scheduler.isDeciding()) {
      return look.get();
    }
    if (me.repeats()) {
      return (T) me.past().again(Supplier.class);
    }
    int calls = me.past().size();
    T seen = look.get();
    me.past().cut(calls);
    told(me, Supplier.class, seen);
    return seen;
  }

  @Override
  protected boolean repeats() {
    return scheduler.current().repeats();
  }

  @Override
  protected void publish(Struct struct) {
    if (!repeats()) {
      reduction.published(struct);
    }
  }

  @Override
  protected void touch(Cell cell) {
    if (settingUp || repeats()) {
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
    if (isTold(me)) {
      return Boolean.TRUE.equals(me.past().again(cell));
    }
    if (!me.repeats()) {
      log.look(cell);
      if (!open) {
        told(me, cell, false);
        return false;
      }
    }
    me.beginStepOfChoice(scheduler.point(me, cell, Op.CHOOSE, null));
    if (me.isFailing()) {
      log.operation(cell, Op.CHOOSE);
      me.observe(Op.CHOOSE.code());
    }
    told(me, cell, me.isFailing());
    return me.isFailing();
  }

  /**
   * Who stands before a call that may fail or not; null for nobody. Whether it does is no concern
   * of the others, so it is settled before anybody else goes on.
   */
  public @Nullable ControlledContext choosing() {
    return scheduler.choosing();
  }

  @Override
  protected void replace(Cell cell, @Nullable Object value) {
    if (!repeats()) {
      memory.write(cell, value);
    }
  }

  @Override
  protected void succeed(Struct freed, Struct next) {
    memory.succeed(freed, next);
  }

  @Override
  protected void writes(Flag flag) {
    if (!repeats()) {
      memory.writes(flag, scheduler.current());
    }
  }

  @Override
  protected void allocate(Struct struct) {
    memory.allocate(struct);
    if (!settingUp) {
      if (!scheduler.current().isCreating()) {
        throw new IllegalStateException(struct.type() + " is made outside of create()");
      }
      // Whoever still has a pointer to memory that is used again finds the new object in it.
      reduction.allocated(struct, reusesMemory() ? null : scheduler.current());
    }
  }

  @Override
  protected long freshKey() {
    ControlledContext me = scheduler.current();
    if (me.repeats()) {
      return (Long) requireNonNull(me.past().again(Long.class));
    }
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
    if (isTold(me)) {
      me.past().again(struct);
      return;
    }
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
    if (me.repeats()) {
      return (Context) requireNonNull(me.past().again(cell));
    }
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
  protected void leave(String function, long result) {
    if (isRecording()) {
      tell(Event.Kind.LEAVE, function);
    }
    scheduler.current().close(result);
  }

  @Override
  public void warn(@Nullable Struct object, String sentence) {
    if (!repeats()) {
      warnings.warned(object, sentence);
      tell(Event.Kind.NOTE, "WARN_ON: " + sentence);
    }
  }

  /** Every context of this execution, in the order of creation. */
  public List<ControlledContext> contexts() {
    return scheduler.contexts();
  }

  /** First half of the fingerprint of the state. */
  public long fingerprint0() {
    return memory.hash0() + scheduler.fingerprint0();
  }

  /** Second half of the fingerprint of the state. */
  public long fingerprint1() {
    return memory.hash1() + scheduler.fingerprint1();
  }

  /**
   * What the step that has just ended used that could turn out to be unordered with the step of
   * another context that is taken next, as a hash; 0 for nothing.
   */
  public long tail() {
    return scheduler.tail();
  }

  /** Whether {@link #tail} is all of one context: others may have started in the step. */
  public boolean tailIsOf(ControlledContext context) {
    return scheduler.tail(context) == scheduler.tail();
  }

  @Override
  public List<Struct> structs() {
    return Collections.unmodifiableList(memory.structs());
  }

  /**
   * What the step that has just ended took while it held what, as a number of the table of {@link
   * #learnLocks}; at the start of an execution, what all contexts took before their first steps.
   */
  public int lockStep() {
    return locks.step();
  }

  /** The class of a lock that the current context came to while it held it; null for none. */
  public @Nullable LockClass lockTakenAgain() {
    return scheduler.current().held().takenAgain();
  }

  /**
   * Follows what contexts hold from the next execution on.
   *
   * @param table numbers what steps take while they hold something
   * @param listener is told of everything taken and given up; null for nobody
   */
  public void learnLocks(LockTable table, @Nullable LockListener listener) {
    locks.learn(table, listener);
  }

  /**
   * How many operations of primitives and plain accesses were executed, those of repeated steps
   * included: what a step is made of.
   */
  public long operations() {
    return operations;
  }

  /** What the step that has just ended did. */
  public Footprint footprint() {
    return log.footprint();
  }

  /**
   * Whether the next step has been executed before in the same state: then nothing has to be noted
   * of it, and {@link #footprint}, {@link #lockStep} and {@link #tail} are not asked for. At the
   * start of an execution that is not so, unless it follows the one before.
   */
  public void repeat(boolean again) {
    log.turn(!again);
    locks.turn(!again);
    reduction.repeat(again);
  }

  /** Who accesses a cell that is watched. */
  public Watch watch() {
    return log.watch();
  }

  void runAs(ControlledContext context) {
    scheduler.runAs(context);
  }
}
