package dev.mmexit.kernel.threads;

import dev.mmexit.kernel.Context;
import dev.mmexit.kernel.Mix;
import org.jspecify.annotations.Nullable;

/**
 * A context on a thread of its own. All but {@link #waiting} and {@link #interrupt} is for that
 * thread only.
 */
final class ThreadContext extends Context {
  private final boolean guest;
  private volatile @Nullable Wait waiting;
  private volatile @Nullable Thread thread;
  private long steps;
  private long keys;
  private long children;

  /**
   * A context.
   *
   * @param guest whether its thread is the caller's, and has to be told why the world ended
   */
  ThreadContext(String name, long key, boolean guest) {
    super(name, key);
    this.guest = guest;
  }

  boolean isGuest() {
    return guest;
  }

  /** Notes that the calling thread is this context's. */
  void begin() {
    thread = Thread.currentThread();
  }

  /** Interrupts its thread, if that is not the caller's. */
  void interrupt() {
    Thread mine = thread;
    if (mine != null) {
      mine.interrupt();
    }
  }

  @Override
  public @Nullable Wait waiting() {
    return waiting;
  }

  void waitFor(@Nullable Wait wait) {
    waiting = wait;
  }

  long countStep() {
    return ++steps;
  }

  long freshKey() {
    return Mix.chain(canonicalHash(), ++keys);
  }

  /**
   * The key of the next context that this one spawns. Which others there are by then makes no
   * difference to it.
   */
  long keyOfChild() {
    return Mix.chain(~canonicalHash(), ++children);
  }

  void open(String function) {
    push(function);
  }

  void close() {
    pop();
  }
}
