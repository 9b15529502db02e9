package dev.mmexit.explorer.engine;

import dev.mmexit.explorer.coroutine.Coroutine;
import dev.mmexit.explorer.coroutine.Coroutines;
import dev.mmexit.kernel.Cell;
import dev.mmexit.kernel.Context;
import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Event;
import dev.mmexit.kernel.FindingKind;
import dev.mmexit.kernel.HlistNode;
import dev.mmexit.kernel.KernelBug;
import dev.mmexit.kernel.ListHead;
import dev.mmexit.kernel.Mix;
import dev.mmexit.kernel.Op;
import dev.mmexit.kernel.Struct;
import dev.mmexit.scenario.Host;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  private final Coroutines coroutines;
  private final Reduction reduction;
  private final Memory memory = new Memory();
  private final List<ControlledContext> contexts = new ArrayList<>();
  private final List<ControlledContext> contextsView = Collections.unmodifiableList(contexts);
  private final SetUp setUp = new SetUp(this);
  private ControlledContext current = setUp.context();
  private Chooser chooser = (engine, last) -> null;
  private @Nullable ControlledContext next;
  private @Nullable ControlledContext stepper;
  private @Nullable KernelBug bug;
  private boolean settingUp = true;
  private boolean hardware;
  private long steps;

  /** The number of {@link #steps} at the last scheduling point. */
  private long stepsBefore;

  private long local0;
  private long local1;

  /** What the edges of the state graph call the contexts that executions start. */
  private final Map<Long, String> labels = new HashMap<>();

  private WarningSink warnings = (object, sentence) -> {};

  private final StepLog log = new StepLog();

  /** Follows locks, where somebody wants to know. */
  private @Nullable LockLog locks;

  /**
   * An engine that is ready for the set-up.
   *
   * @param granularity where contexts can be switched
   * @param sharing what is known of shared memory; learns from what this engine executes
   */
  public ControlledEngine(Coroutines coroutines, Granularity granularity, Sharing sharing) {
    this.coroutines = coroutines;
    this.reduction = new Reduction(granularity, sharing);
    setUp.prepare();
  }

  /** Hears of each {@code WARN_ON}. */
  @FunctionalInterface
  public interface WarningSink {
    /** Called in the context in which it fired. */
    void warned(@Nullable Struct object, String sentence);
  }

  /** Sends warnings to {@code sink}. */
  public void onWarning(WarningSink sink) {
    warnings = sink;
  }

  /** Ends the set-up: each execution starts from the state that it left. */
  public void endSetUp() {
    memory.mark();
    for (Struct struct : memory.structs()) {
      reduction.fixed(struct);
    }
    if (reusesMemory()) {
      reduction.reuseMemory();
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

  /** The start of a thread. */
  @FunctionalInterface
  public interface ThreadBody {
    /** Runs the thread with the number {@code index}. */
    void run(int index);
  }

  /**
   * Runs one execution from where the set-up ended, until the chooser ends it or a bug does.
   *
   * @param names the threads' names
   * @return the bug that ended it; null where the chooser did
   */
  public @Nullable KernelBug execute(List<String> names, ThreadBody body, Chooser newChooser) {
    reset();
    chooser = newChooser;
    for (int i = 0; i < names.size(); i++) {
      int index = i;
      String name = names.get(i);
      addContext(name, name, Mix.chain(0x510e527fade682d1L, i), () -> body.run(index));
    }
    stepper = null;
    ControlledContext go = pick(null);
    while (go != null) {
      current = go;
      next = null;
      go.coroutine().resume();
      if (bug != null) {
        return bug;
      }
      go = next;
    }
    return null;
  }

  private void reset() {
    for (ControlledContext context : contexts) {
      Coroutine coroutine = context.coroutineOrNull();
      if (coroutine != null) {
        coroutine.abandon();
      }
    }
    contexts.clear();
    memory.reset();
    reduction.beginExecution();
    local0 = 0;
    local1 = 0;
    stepsBefore = steps;
    bug = null;
    log.begin(0, 0);
    log.turn(true);
    if (locks != null) {
      locks.begin();
      locks.turn(true);
    }
  }

  private ControlledContext addContext(String name, String label, long key, Runnable body) {
    ControlledContext[] self = new ControlledContext[1];
    Coroutine coroutine = coroutines.create(() -> runBody(self[0], body));
    ControlledContext context = new ControlledContext(contexts.size(), name, label, key, coroutine);
    self[0] = context;
    contexts.add(context);
    context.number(++steps);
    context.pend(setUp.cell(), Op.START, null);
    return context;
  }

  private void runBody(ControlledContext self, Runnable body) {
    startAfter(self);
    try {
      body.run();
    } catch (KernelBug found) {
      standBefore(self, found);
      return;
    }
    self.finish();
    next = pick(self);
  }

  /**
   * An error is a step of its own: what a context does after the last thing that others can tell
   * may be as late as they like.
   */
  private void standBefore(ControlledContext self, KernelBug found) {
    Struct object = found.object();
    if (object != null && !object.isAlive()) {
      reduction.usedAfterFree(object);
    }
    // Nothing is observed between the end of one access and an error in the next, so that where it
    // stands has to be told.
    self.observe(Mix.chain(found.kind().label().hashCode(), Mix.of(object)));
    self.observe(self.functionHash());
    self.pend(setUp.cell(), Op.BUG, null);
    ControlledContext chosen = pick(self);
    if (chosen != self) {
      next = chosen;
      self.coroutine().suspend();
    }
    current = self;
    bug = found;
  }

  /** A work item or callback knows what was released where it waited to start. */
  private void startAfter(ControlledContext self) {
    Cell cell = self.pendingCell();
    Op op = self.pendingOp();
    if (cell != null && op != null) {
      reduction.order(self, cell, op);
      log.operation(cell, op);
      if (locks != null) {
        locks.after(self, cell, op, null);
      }
    }
    self.clock().tick(self.index());
    self.number(++steps);
    self.proceed();
  }

  /**
   * Who runs next. Contexts that stand before their first step are run up to their first visible
   * operation at once: nobody can see what they do there.
   */
  private @Nullable ControlledContext pick(@Nullable ControlledContext self) {
    if (self != null) {
      self.unshare();
    }
    for (int i = 0; i < contexts.size(); i++) {
      ControlledContext context = contexts.get(i);
      if (context.isStarting() && context.isEnabled()) {
        return context;
      }
    }
    ControlledContext chosen = chooser.choose(this, stepper);
    stepper = chosen;
    stepsBefore = steps;
    Cell cell = chosen == null ? null : chosen.pendingCell();
    Op op = chosen == null ? null : chosen.pendingOp();
    log.begin(cell == null ? 0 : cell.key(), op == null ? 0 : op.code());
    if (locks != null) {
      locks.begin();
    }
    return chosen;
  }

  /** Brings the shares of the contexts in the fingerprint up to date: it is seldom asked for. */
  private void share() {
    for (int i = 0; i < contexts.size(); i++) {
      ControlledContext context = contexts.get(i);
      if (context.isUnshared()) {
        local0 -= context.share0;
        local1 -= context.share1;
        context.share();
        local0 += context.share0;
        local1 += context.share1;
      }
    }
  }

  /** A scheduling point: returns when the chooser lets this context go on. */
  private void point(ControlledContext me, Cell cell, Op op, @Nullable Object argument) {
    me.pend(cell, op, argument);
    ControlledContext chosen = pick(me);
    if (chosen != me) {
      next = chosen;
      me.coroutine().suspend();
    }
    current = me;
    me.beginStep(++steps);
    if (reusesMemory()) {
      // Where others go first they may leave another object there, and no error that shows it.
      me.entangle();
    }
    // A plain write is not observed by who does it, but has to be told from the one before.
    if (!Waits.unnoticed(op)) {
      me.observe(op.code());
    }
  }

  /** Begins the operation with the given number of the current thread. */
  public void beginOperation(int number) {
    current.begin(number);
  }

  @Override
  public Context current() {
    return current;
  }

  @Override
  protected @Nullable Object read(Cell cell) {
    Cell here = plain(cell, false);
    Object value = here.peek();
    current.observe(here.peekHash());
    return value;
  }

  @Override
  protected void write(Cell cell, @Nullable Object value) {
    memory.write(plain(cell, true), value);
    // Nothing is learned from it, but who has done it stands elsewhere than who has not.
    current.observe(cell.key());
    published(value);
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

  /** Lets others go first where that can matter; the field that is at the address then. */
  private Cell plain(Cell asked, boolean write) {
    if (settingUp) {
      return asked;
    }
    ControlledContext me = current;
    Interference others = orReused(reduction.plain(me, asked, write));
    boolean point = reduction.beginsWith(me, asked, others);
    if (point) {
      log.finds(asked.struct());
      point(me, asked, Op.PLAIN, null);
    }
    Cell cell = asked.resolved();
    reduction.makes(me, cell, write);
    me.place(others);
    if (point) {
      // Another context may have freed it meanwhile.
      cell.struct().use(write ? "written" : "read", cell);
    }
    note(cell, write, false);
    return cell;
  }

  /** What comes after freeing is one error, unless the memory comes back as something else. */
  private Interference orReused(Interference others) {
    return others == Interference.FREED && reusesMemory() ? Interference.USED : others;
  }

  private void note(Cell cell, boolean write, boolean marked) {
    if (settingUp) {
      return;
    }
    log.access(current, cell, write, marked);
    checkEnds(cell);
  }

  private void checkEnds(Cell cell) {
    if (current.places() > MAX_ACCESSES) {
      throw KernelBug.of(
          FindingKind.LIVELOCK,
          cell.struct(),
          here() + " goes round without end, last at " + cell.describe());
    }
  }

  @Override
  protected @Nullable Object act(Cell asked, Op op, @Nullable Object argument) {
    ControlledContext me = current;
    Op.Kind kind = op.kind();
    if (kind == Op.Kind.SLEEPING) {
      checkMaySleep(asked, op);
    }
    if (settingUp) {
      setUp.await(asked, op, argument);
    } else {
      if (locks != null) {
        locks.before(me, asked, op, argument);
      }
      before(me, asked, op, argument);
      log.operation(asked.resolved(), op);
    }
    // While it waited, the memory may have been given to another object.
    Cell cell = asked.resolved();
    cell.use(op);
    checkEnds(cell);
    hardware = op == Op.HARDWARE;
    Object result = cell.apply(op, argument, me);
    hardware = false;
    if (!settingUp) {
      reduction.order(me, cell, op);
      if (locks != null) {
        locks.after(me, cell, op, argument);
      }
    }
    if (!Waits.unnoticed(op)) {
      me.observe(Mix.chain(op.code(), Mix.of(result)));
    }
    if (op == Op.READ_ONCE || op == Op.WRITE_ONCE) {
      note(cell, op == Op.WRITE_ONCE, true);
      published(argument);
    }
    return result;
  }

  /** Lets others go first where that can matter. */
  private void before(ControlledContext me, Cell cell, Op op, @Nullable Object argument) {
    Op.Kind kind = op.kind();
    boolean locks = kind == Op.Kind.SLEEPING || kind == Op.Kind.SPINNING;
    Interference others = orReused(reduction.operation(me, cell, op, argument, locks));
    // Others may free meanwhile what is given up here.
    boolean mayBeFreed = reduction.releasesFreed(cell, op);
    if (reduction.beginsWith(me, op, others, locks) || (mayBeFreed && !me.canMerge())) {
      point(me, cell, op, argument);
    }
    reduction.makes(me, cell.resolved(), op);
    if (op == Op.DROP) {
      me.place(others);
      me.drop();
    } else if (op == Op.SRCU_READ_UNLOCK) {
      me.release(true);
    } else if (kind == Op.Kind.RELEASE) {
      me.release(others == Interference.USED);
    } else if (locks) {
      me.acquire(others);
    } else {
      me.place(others);
      me.matters();
    }
    if (mayBeFreed) {
      me.matters();
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
    if (!settingUp && locks != null) {
      locks.awaits(current, event, released);
    }
  }

  @Override
  protected void owe(Cell event, boolean owed) {
    if (!settingUp && locks != null) {
      locks.owes(current, event, owed);
    }
  }

  @Override
  protected boolean choose(Cell cell, boolean open) {
    if (settingUp) {
      return false;
    }
    log.look(cell);
    if (!open) {
      return false;
    }
    ControlledContext me = current;
    me.pend(cell, Op.CHOOSE, null);
    ControlledContext chosen = pick(me);
    if (chosen != me) {
      next = chosen;
      me.coroutine().suspend();
    }
    current = me;
    me.beginStepOfChoice(++steps);
    if (me.isFailing()) {
      log.operation(cell, Op.CHOOSE);
      me.observe(Op.CHOOSE.code());
    }
    return me.isFailing();
  }

  /**
   * Who stands before a call that may fail or not; null for nobody. Whether it does is no concern
   * of the others, so it is settled before anybody else goes on.
   */
  public @Nullable ControlledContext choosing() {
    for (int i = 0; i < contexts.size(); i++) {
      if (contexts.get(i).isChoosing()) {
        return contexts.get(i);
      }
    }
    return null;
  }

  @Override
  protected void replace(Cell cell, @Nullable Object value) {
    memory.write(cell, value);
  }

  @Override
  protected void allocate(Struct struct) {
    memory.allocate(struct);
    if (!settingUp) {
      // Whoever still has a pointer to memory that is used again finds the new object in it.
      reduction.allocated(struct, reusesMemory() ? null : current);
    }
  }

  @Override
  protected long freshKey() {
    return current.position();
  }

  @Override
  protected void beforeFree(Struct struct) {
    if (settingUp) {
      return;
    }
    ControlledContext me = current;
    boolean racy = reduction.frees(me, struct);
    if (reduction.beginsWithFree(me, racy)) {
      point(me, setUp.cell(), Op.KFREE, null);
    }
    reduction.makesFree(me, struct);
    me.place(racy ? Interference.USED : Interference.NONE);
    log.freed(struct);
    me.observe(struct.canonicalHash());
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
    long key = current.position();
    current.matters();
    current.entangle();
    int number = 0;
    for (ControlledContext context : contexts) {
      if (context.name().startsWith(kind)) {
        number++;
      }
    }
    String label = labels.computeIfAbsent(key, unknown -> kind + " " + Long.toHexString(key));
    ControlledContext context = addContext(kind + "/" + number, label, key, body);
    context.pend(cell, op, argument);
    context.clock().join(current.clock());
    current.clock().tick(current.index());
    return context;
  }

  @Override
  protected void enter(String function) {
    current.open(function);
    if (isRecording()) {
      tell(Event.Kind.ENTER, function);
    }
  }

  @Override
  protected void leave(String function, long result) {
    if (isRecording()) {
      tell(Event.Kind.LEAVE, function);
    }
    current.close(result);
  }

  @Override
  public void warn(@Nullable Struct object, String sentence) {
    warnings.warned(object, sentence);
    tell(Event.Kind.NOTE, "WARN_ON: " + sentence);
  }

  /** Every context of this execution, in the order of creation. */
  public List<ControlledContext> contexts() {
    return contextsView;
  }

  /** First half of the fingerprint of the state. */
  public long fingerprint0() {
    share();
    return memory.hash0() + local0;
  }

  /** Second half of the fingerprint of the state. */
  public long fingerprint1() {
    share();
    return memory.hash1() + local1;
  }

  /**
   * What the step that has just ended used that could turn out to be unordered with the step of
   * another context that is taken next, as a hash; 0 for nothing.
   */
  public long tail() {
    long tail = 0;
    for (int i = 0; i < contexts.size(); i++) {
      tail += tail(contexts.get(i));
    }
    return tail;
  }

  /** Whether {@link #tail} is all of one context: others may have started in the step. */
  public boolean tailIsOf(ControlledContext context) {
    return tail(context) == tail();
  }

  private long tail(ControlledContext context) {
    return context.step() > stepsBefore && context.tail() != 0
        ? Mix.chain(context.canonicalHash(), context.tail())
        : 0;
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
    return locks == null ? LockTable.NOTHING : locks.step();
  }

  /** The class of a lock that the current context came to while it held it; null for none. */
  public @Nullable LockClass lockTakenAgain() {
    return current.held().takenAgain();
  }

  /**
   * Follows what contexts hold from the next execution on.
   *
   * @param table numbers what steps take while they hold something
   * @param listener is told of everything taken and given up; null for nobody
   */
  public void learnLocks(LockTable table, @Nullable LockListener listener) {
    locks = new LockLog(table, listener);
  }

  /** What the step that has just ended did. */
  public Footprint footprint() {
    return log.footprint();
  }

  /**
   * Whether the next step has been executed before in the same state: then nothing has to be noted
   * of it, and {@link #footprint}, {@link #lockStep} and {@link #tail} are not asked for. At the
   * start of an execution that is not so.
   */
  public void repeat(boolean again) {
    log.turn(!again);
    if (locks != null) {
      locks.turn(!again);
    }
    reduction.repeat(again);
  }

  /**
   * Notes who accesses one cell from now on.
   *
   * @param cell as {@link Footprint#conflict} gives it; 0 for none
   */
  public void watch(long cell) {
    log.watch(cell);
  }

  /** The cell that is watched, once it was accessed. */
  public @Nullable Cell watchedCell() {
    return log.watchedCell();
  }

  /** The accesses to it, in order. */
  public List<WatchedAccess> watchedAccesses() {
    return log.watchedAccesses();
  }

  void runAs(ControlledContext context) {
    current = context;
  }
}
