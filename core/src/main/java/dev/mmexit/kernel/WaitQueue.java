package dev.mmexit.kernel;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code wait_queue_head_t}. A sleeper is on the queue until it is woken, which takes it off, as
 * {@code autoremove_wake_function} does.
 */
public final class WaitQueue extends Cell {
  WaitQueue(Struct struct, String label) {
    super(struct, label);
  }

  /**
   * {@code wait_event_lock_irq(queue, !flag, lock)}: sleeps without the lock until the flag is
   * clear. The queue and the flag are used again after each wake-up, with the lock held.
   *
   * @param purpose what is waited for, in words for reports
   */
  public void waitEventLockIrq(Flag flag, SpinLock lock, String purpose) {
    waitEventLockIrq(() -> !flag.get(), flag, lock, purpose);
  }

  /**
   * {@code wait_event_lock_irq(queue, condition, lock)}.
   *
   * @param flag the field that the condition is about: who set it last is expected to end the wait
   */
  public void waitEventLockIrq(
      BooleanSupplier condition, Flag flag, SpinLock lock, String purpose) {
    Sleep sleep = new Sleep(flag, purpose);
    engine().await(this, lock);
    if (condition.getAsBoolean()) {
      return;
    }
    while (true) {
      act(Op.PREPARE_TO_WAIT, null);
      if (condition.getAsBoolean()) {
        break;
      }
      lock.unlock();
      if (engine().isRecording()) {
        engine().tell(Event.Kind.SYNC, "wait_event " + expression() + " for " + purpose);
      }
      act(Op.SCHEDULE, sleep);
      lock.lock();
    }
    act(Op.FINISH_WAIT, null);
  }

  /**
   * {@code wait_event(queue, condition)}.
   *
   * @param flag the field that the condition is about: who set it last is expected to end the wait
   */
  public void waitEvent(BooleanSupplier condition, Flag flag, String purpose) {
    engine().checkMaySleep(this, Op.SCHEDULE);
    engine().await(this, null);
    if (condition.getAsBoolean()) {
      return;
    }
    Sleep sleep = new Sleep(flag, purpose);
    while (true) {
      act(Op.PREPARE_TO_WAIT, null);
      if (condition.getAsBoolean()) {
        break;
      }
      if (engine().isRecording()) {
        engine().tell(Event.Kind.SYNC, "wait_event " + expression() + " for " + purpose);
      }
      act(Op.SCHEDULE, sleep);
    }
    act(Op.FINISH_WAIT, null);
  }

  /** {@code wake_up_all}. */
  public void wakeUpAll() {
    act(Op.WAKE_UP_ALL, null);
    if (engine().isRecording()) {
      engine().tell(Event.Kind.SYNC, "wake_up_all " + expression());
    }
  }

  @Override
  public boolean ready(Op op, @Nullable Object argument, Context context) {
    return op != Op.SCHEDULE || !sleepers().has(context);
  }

  @Override
  public @Nullable Object apply(Op op, @Nullable Object argument, Context context) {
    Contexts sleepers = sleepers();
    switch (op) {
      case PREPARE_TO_WAIT -> {
        if (!sleepers.has(context)) {
          update(sleepers.with(context));
        }
      }
      case FINISH_WAIT -> {
        if (sleepers.has(context)) {
          put(sleepers.without(context));
        }
      }
      case WAKE_UP_ALL -> put(Contexts.NONE);
      default -> {
        // SCHEDULE: woken.
      }
    }
    return null;
  }

  @Override
  public List<Context> blockers(Op op, @Nullable Object argument, Context context) {
    Context setter = argument instanceof Sleep sleep ? sleep.flag.lastWriter() : null;
    return setter == null ? List.of() : List.of(setter);
  }

  @Override
  public String awaited(Op op, @Nullable Object argument) {
    return argument instanceof Sleep sleep ? sleep.purpose : expression();
  }

  private Contexts sleepers() {
    return peek() instanceof Contexts sleepers ? sleepers : Contexts.NONE;
  }

  private void put(Contexts sleepers) {
    update(sleepers.isEmpty() ? null : sleepers);
  }

  /** Why someone sleeps. */
  private record Sleep(Flag flag, String purpose) {}

  @Override
  public String text(@Nullable Object of) {
    return of instanceof Contexts sleepers ? sleepers.names() : "nobody";
  }
}
