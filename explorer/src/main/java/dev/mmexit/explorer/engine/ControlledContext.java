package dev.mmexit.explorer.engine;

import dev.mmexit.explorer.coroutine.Coroutine;
import dev.mmexit.kernel.Cell;
import dev.mmexit.kernel.Context;
import dev.mmexit.kernel.Lock;
import dev.mmexit.kernel.Mix;
import dev.mmexit.kernel.Op;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A context under control. Its local state is what it has observed since its operation began, as a
 * running hash of 128 bits; what was observed in a function that has returned counts no more, but
 * for the value that it returned.
 */
public final class ControlledContext extends Context {
  private final int index;
  private final String label;
  private final @Nullable Runnable body;
  private final Observations observations;
  private final Past past = new Past();

  /** Where it runs; null where it does not stand where its coroutine does. */
  private @Nullable Coroutine coroutine;

  /** Whether it is being brought to where it was. */
  private boolean repeats;

  /** How many objects it is in the middle of making. */
  private int creating;

  /** What {@link Points} has found of the call that it stands before. */
  private Interference others = Interference.NONE;

  private boolean flag;

  /** Whether it has run since {@link #standing}. */
  private boolean moved = true;

  private boolean finished;

  /** What it waited for before its first step. */
  private @Nullable Cell startCell;

  private @Nullable Op startOp;

  private @Nullable Cell pendingCell;
  private @Nullable Op pendingOp;
  private @Nullable Object pendingArgument;

  /** Whether the call that it stands before was chosen to fail. */
  private boolean failing;

  /** What this context adds to the fingerprint of the state. */
  long share0;

  long share1;

  /** Whether that is no longer what it was. */
  private boolean unshared = true;

  private final StepSoFar soFar = new StepSoFar();

  /** What this context knows of how far the others have come. */
  private final Clock clock;

  /** What it holds; null where nobody has asked yet. */
  private @Nullable HeldLocks held;

  ControlledContext(
      int index, String name, String label, long key, @Nullable Runnable body, Clock clock) {
    super(name, key);
    this.clock = clock;
    this.index = index;
    this.label = label;
    this.body = body;
    this.observations = new Observations(key);
  }

  /** The place in the order of creation in this execution. */
  public int index() {
    return index;
  }

  /** A name that is the same in every execution: for the edges of the state graph. */
  public String label() {
    return label;
  }

  /** Whether it has nothing more to do. */
  public boolean isFinished() {
    return finished;
  }

  /** What the step that it is in has done so far. */
  StepSoFar soFar() {
    return soFar;
  }

  /** The operations and plain accesses since the last scheduling point. */
  public int places() {
    return soFar.places();
  }

  /** How many of {@link #places} there are up to the last that others can tell. */
  public int lastThatMatters() {
    return soFar.lastThatMatters();
  }

  HeldLocks held() {
    HeldLocks mine = held;
    if (mine == null) {
      mine = new HeldLocks();
      held = mine;
    }
    return mine;
  }

  Clock clock() {
    return clock;
  }

  /** Where it runs; null where it is to run from its beginning, up to where it stands. */
  @Nullable Coroutine coroutine() {
    return coroutine;
  }

  /** Runs in {@code fresh} from its beginning, up to where it stands. */
  void start(Coroutine fresh) {
    coroutine = fresh;
    restart();
    held = null;
    past.rewind();
    repeats = !isStarting();
  }

  /** Does what it is there for. */
  void run() {
    Runnable mine = body;
    if (mine == null) {
      throw new IllegalStateException(name() + " runs the set-up and is never scheduled");
    }
    mine.run();
  }

  /** It is never run again. */
  void end() {
    Coroutine mine = coroutine;
    if (mine != null) {
      mine.abandon();
      coroutine = null;
    }
  }

  /** Where it stands before the choice after {@code step} others. */
  Standing standing(int step) {
    moved = false;
    return new Standing(
        step,
        past.size(),
        creating > 0,
        soFar.number(),
        function(),
        observations.keep(),
        pendingCell,
        pendingOp,
        pendingArgument,
        others,
        flag);
  }

  /**
   * Stands where it once stood, as far as others can tell. Of its open functions only the innermost
   * is known, and nothing of what it holds, until it is brought there: see {@link #start}.
   */
  void back(Standing to) {
    end();
    past.cut(to.calls());
    observations.back(to.observed());
    creating = 0;
    soFar.forget(to.number());
    clearFrames();
    if (!to.function().isEmpty()) {
      push(to.function());
    }
    pendingCell = to.cell();
    pendingOp = to.op();
    pendingArgument = to.argument();
    others = to.others();
    flag = to.flag();
    finished = false;
    failing = false;
    repeats = false;
    moved = false;
    unshared = true;
  }

  /** What its calls were told. */
  Past past() {
    return past;
  }

  /** Whether it is being brought to where it was. */
  boolean repeats() {
    return repeats;
  }

  /** It is where it was: from here it goes on. */
  void goesOn() {
    if (past.isBehind()) {
      throw new IllegalStateException(name() + " stands where it did not");
    }
    repeats = false;
  }

  /** Notes what {@link Points} has found of the call that it stands before. */
  void standsBefore(Interference newOthers, boolean newFlag) {
    others = newOthers;
    flag = newFlag;
  }

  /** What others can do at the call that it stands before. */
  Interference others() {
    return others;
  }

  /** What else was noted of that call. */
  boolean flag() {
    return flag;
  }

  /** Begins to make an object, or has made it. */
  void create(boolean begins) {
    creating += begins ? 1 : -1;
  }

  /** Whether it is in the middle of making an object. */
  boolean isCreating() {
    return creating > 0;
  }

  /** Starts the operation with the given number: everything observed before is forgotten. */
  void begin(int operation) {
    clearFrames();
    if (!repeats) {
      observations.begin(operation);
      soFar.operationBegins();
    }
  }

  /** What stands for what it holds that goes on when a function returns. */
  long holding() {
    long holding = inAtomic() ? 1 : 0;
    List<Lock> held = locks();
    for (int i = 0; i < held.size(); i++) {
      holding = Mix.chain(holding, held.get(i).key());
    }
    return holding;
  }

  /** What it has observed since its operation began. */
  Observations observations() {
    return observations;
  }

  /** Whether it has run since {@link #standing}. */
  boolean hasMoved() {
    return moved;
  }

  void observe(long value) {
    observations.add(value);
  }

  void open(String function) {
    push(function);
    if (!repeats) {
      observations.open(function);
    }
  }

  void close(long result) {
    pop();
    if (!repeats) {
      observations.close(result);
    }
  }

  /** The {@link #function} as a number, which other functions hardly have. */
  int functionHash() {
    return observations.functionHash();
  }

  /** Notes what it waits for before its first step. */
  void startsAt(Cell cell, Op op) {
    startCell = cell;
    startOp = op;
  }

  /** What it waited for before its first step, with {@link #startOp}. */
  @Nullable Cell startCell() {
    return startCell;
  }

  @Nullable Op startOp() {
    return startOp;
  }

  void pend(Cell cell, Op op, @Nullable Object argument) {
    pendingCell = cell;
    pendingOp = op;
    pendingArgument = argument;
  }

  void proceed() {
    pendingCell = null;
    pendingOp = null;
    pendingArgument = null;
  }

  void finish() {
    finished = true;
    proceed();
  }

  /** Whether it stands before a call that may fail or not, as is chosen with its next step. */
  public boolean isChoosing() {
    return pendingOp == Op.CHOOSE;
  }

  /** Whether the call that it stands before can fail: others may have since it came there. */
  public boolean canFail() {
    Cell budget = pendingCell;
    return isChoosing() && budget != null && budget.ready(Op.CHOOSE, true, this);
  }

  /** Chooses whether the call that it stands before fails; false where nothing can. */
  boolean take(boolean fails) {
    failing = fails;
    return !fails || canFail();
  }

  /** Whether the call with which its step began was chosen to fail. */
  public boolean isFailing() {
    return failing;
  }

  /** The operation before which it stands; null where it is not at a scheduling point. */
  public @Nullable Op pendingOp() {
    return pendingOp;
  }

  /** What the pending operation is on. */
  public @Nullable Cell pendingCell() {
    return pendingCell;
  }

  /** Whether it can take a step. */
  public boolean isEnabled() {
    Cell cell = pendingCell;
    Op op = pendingOp;
    if (finished || cell == null || op == null) {
      return false;
    }
    // Use of a freed lock or queue is found when the step is taken.
    return cell.isEnabled(op, pendingArgument, this);
  }

  /** Whether it stands before its first step, which nobody else can see. */
  boolean isStarting() {
    return pendingOp == Op.START || pendingOp == Op.SRCU_CALLBACK;
  }

  @Override
  public @Nullable Wait waiting() {
    Cell cell = pendingCell;
    Op op = pendingOp;
    return finished || cell == null || op == null || isEnabled()
        ? null
        : new Wait(cell.resolved(), op, pendingArgument);
  }

  /** Notes that its share in the fingerprint is another from now on. */
  void unshare() {
    unshared = true;
    moved = true;
  }

  boolean isUnshared() {
    return unshared;
  }

  /** Recomputes the share in the fingerprint. */
  void share() {
    unshared = false;
    if (finished) {
      share0 = 0;
      share1 = 0;
      return;
    }
    Op op = pendingOp;
    long pending = op == null ? 0 : op.code();
    share0 = Mix.chain(Mix.chain(canonicalHash(), observations.hash0()), pending);
    share1 = Mix.chain(Mix.chain(observations.hash1(), canonicalHash()), pending);
  }
}
