package dev.mmexit.kernel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that executes: a task, a kworker, an SRCU callback. Engines extend it with what they
 * need; the modelled code asks it for the current task only.
 */
public abstract class Context implements Canonical {
  private final String name;
  private final long key;
  private final List<String> frames = new ArrayList<>(16);
  private @Nullable Struct task;
  private final List<Lock> locks = new ArrayList<>(4);
  private int spinlocks;
  private boolean atomic;

  /**
   * A context.
   *
   * @param name the name that reports use
   * @param key the name that fingerprints use
   */
  protected Context(String name, long key) {
    this.name = name;
    this.key = key;
  }

  /** The name that reports use, such as {@code T0} or {@code kworker/0}. */
  public final String name() {
    return name;
  }

  @Override
  public final long canonicalHash() {
    return key;
  }

  /** {@code current}: the task that runs in this context; null in a kworker or callback. */
  public final @Nullable Struct task() {
    return task;
  }

  /** Sets {@code current}. */
  public final void runAs(@Nullable Struct newTask) {
    task = newTask;
  }

  /** The modelled functions that are open, outermost first. */
  public final List<String> frames() {
    return Collections.unmodifiableList(frames);
  }

  /** The innermost open function, empty outside of any. */
  public final String function() {
    return frames.isEmpty() ? "" : frames.get(frames.size() - 1);
  }

  /** Opens a frame: for engines. */
  protected final void push(String function) {
    frames.add(function);
  }

  /** Closes the innermost frame: for engines. */
  protected final void pop() {
    frames.remove(frames.size() - 1);
  }

  /** Forgets every frame: for engines, before the next operation. */
  protected final void clearFrames() {
    frames.clear();
  }

  /** Is what it was before it did anything: for engines that bring it to where it was once more. */
  protected final void restart() {
    frames.clear();
    locks.clear();
    task = null;
    spinlocks = 0;
    atomic = false;
  }

  /** Whether a sleeping call would be an error here. */
  public final boolean inAtomic() {
    return atomic || spinlocks > 0;
  }

  /** Whether a spinlock is held. */
  public final boolean holdsSpinlock() {
    return spinlocks > 0;
  }

  /** Makes every sleeping call in this context an error, as in an RCU callback. */
  public final void setAtomic() {
    atomic = true;
  }

  /** The mutexes and spinlocks that this context holds, in the order in which it took them. */
  public final List<Lock> locks() {
    return locks;
  }

  /** Notes that a lock is no longer held: most often the one that was taken last. */
  final void forget(Lock lock) {
    int at = locks.size() - 1;
    while (locks.get(at) != lock) {
      at--;
    }
    locks.remove(at);
  }

  final void spinlockTaken() {
    spinlocks++;
  }

  final void spinlockReleased() {
    spinlocks--;
  }

  /** What this context waits for; null while it can run. */
  public abstract @Nullable Wait waiting();

  /**
   * A wait.
   *
   * @param cell what is waited on
   * @param op the operation that is not ready
   * @param argument its argument
   */
  public record Wait(Cell cell, Op op, @Nullable Object argument) {}
}
