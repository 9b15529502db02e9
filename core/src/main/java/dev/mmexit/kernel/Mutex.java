package dev.mmexit.kernel;

import org.jspecify.annotations.Nullable;

/** {@code struct mutex}. Not fair, as the kernel's is not: any waiter may get it next. */
public final class Mutex extends Lock {
  private final boolean inKernel;

  Mutex(Struct struct, String label, boolean inKernel) {
    super(struct, label);
    this.inKernel = inKernel;
  }

  /** Whether the kernel has this lock. */
  public boolean isInKernel() {
    return inKernel;
  }

  /** {@code mutex_lock}. */
  public void lock() {
    lockNested(0);
  }

  /**
   * {@code mutex_lock_nested}: as {@link #lock}, told to lockdep as another class of locks.
   *
   * @param subclass the number of that class; 0 for that of {@link #lock}
   */
  public void lockNested(int subclass) {
    act(Op.MUTEX_LOCK, subclass == 0 ? null : subclass);
    if (engine().isRecording()) {
      engine().tell(Event.Kind.SYNC, "mutex_lock " + expression());
    }
  }

  /** {@code mutex_unlock}. */
  public void unlock() {
    act(Op.MUTEX_UNLOCK, null);
    if (engine().isRecording()) {
      engine().tell(Event.Kind.SYNC, "mutex_unlock " + expression());
    }
  }

  @Override
  public @Nullable Object apply(Op op, @Nullable Object argument, Context context) {
    if (op == Op.MUTEX_LOCK) {
      take(context);
    } else {
      drop(context);
    }
    return null;
  }
}
