package dev.mmexit.kernel;

import org.jspecify.annotations.Nullable;

/** {@code struct mutex}. Not fair, as the kernel's is not: any waiter may get it next. */
public final class Mutex extends Lock {
  Mutex(Struct struct, String label) {
    super(struct, label);
  }

  /** {@code mutex_lock}. */
  public void lock() {
    act(Op.MUTEX_LOCK, null);
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
