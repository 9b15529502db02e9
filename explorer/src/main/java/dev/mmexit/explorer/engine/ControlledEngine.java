package dev.mmexit.explorer.engine;

import dev.mmexit.explorer.coroutine.Coroutines;
import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.KernelBug;
import dev.mmexit.kernel.Mix;
import dev.mmexit.kernel.Op;
import dev.mmexit.kernel.Struct;
import dev.mmexit.scenario.Host;
import java.util.Collections;
import java.util.List;
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
public final class ControlledEngine extends RetellingEngine implements Host {
  /**
   * An engine that is ready for the set-up.
   *
   * @param granularity where contexts can be switched
   * @param sharing what is known of shared memory; learns from what this engine executes
   */
  public ControlledEngine(Coroutines coroutines, Granularity granularity, Sharing sharing) {
    super(coroutines, granularity, sharing);
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
   * Runs one execution, until the chooser ends it or a bug does: from where the set-up ended, or
   * from a state that it has in common with the last one. The chooser is not asked for what led
   * there; {@link #depth} says how much that is.
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
    return scheduler.run(this, chooser);
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

  /**
   * Who stands before a call that may fail or not; null for nobody. Whether it does is no concern
   * of the others, so it is settled before anybody else goes on.
   */
  public @Nullable ControlledContext choosing() {
    return scheduler.choosing();
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

  /** How many steps were carried out in all executions. */
  public long steps() {
    return trail.carriedOut();
  }

  /** How many operations of primitives and plain accesses were: what steps are made of. */
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
}
