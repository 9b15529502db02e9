package dev.mmexit.kernel;

import org.jspecify.annotations.Nullable;

/** {@code spinlock_t}. Whoever holds it must not sleep. */
public final class SpinLock extends Lock {
  SpinLock(Struct struct, String label) {
    super(struct, label);
  }

  /** {@code spin_lock}, {@code spin_lock_irq}: what interrupts do is not modelled. */
  public void lock() {
    act(Op.SPIN_LOCK, null);
    if (engine().isRecording()) {
      engine().tell(Event.Kind.SYNC, "spin_lock " + expression());
    }
  }

  /** {@code spin_unlock}, {@code spin_unlock_irq}. */
  public void unlock() {
    act(Op.SPIN_UNLOCK, null);
    if (engine().isRecording()) {
      engine().tell(Event.Kind.SYNC, "spin_unlock " + expression());
    }
  }

  @Override
  public @Nullable Object apply(Op op, @Nullable Object argument, Context context) {
    if (op == Op.SPIN_LOCK) {
      take(context);
    } else {
      drop(context);
    }
    return null;
  }

  @Override
  void hold(Context context) {
    super.hold(context);
    context.spinlockTaken();
  }

  @Override
  void release(Context context) {
    super.release(context);
    context.spinlockReleased();
  }
}
