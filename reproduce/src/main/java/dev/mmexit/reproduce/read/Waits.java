package dev.mmexit.reproduce.read;

import java.util.List;
import java.util.regex.Pattern;

/** What kind of thing a blocked task waits for, by the functions at the inner end of its stack. */
public enum Waits {
  MUTEX("a mutex"),
  RW_SEMAPHORE("a semaphore"),
  SPIN_LOCK("a spinlock"),
  SRCU("the read sections of SRCU"),
  WORK("work on a queue"),
  EVENT("an event"),
  UNKNOWN("something");

  private static final Pattern MUTEXES = Pattern.compile("_*mutex_lock\\w*|_*mutex_trylock\\w*");
  private static final Pattern SEMAPHORES =
      Pattern.compile(
          "(?:rwsem_|__)?down_(?:read|write)\\w*|rwsem_\\w+|call_rwsem_\\w+|rwbase_\\w+");
  private static final Pattern SPIN_LOCKS =
      Pattern.compile(
          "_*raw_spin_lock\\w*|\\w*queued_spin_lock\\w*|_*spin_lock\\w*|rt_spin_lock\\w*");
  private static final Pattern SRCUS = Pattern.compile("_*synchronize_srcu\\w*|srcu_barrier");
  private static final Pattern WORKS =
      Pattern.compile("_*flush_work\\w*|drain_workqueue|_*cancel_work\\w*");
  private static final Pattern EVENTS =
      Pattern.compile("wait_event\\w*|prepare_to_wait\\w*|finish_wait|init_wait\\w*");
  private static final Pattern SCHEDULING =
      Pattern.compile(
          "_*schedule\\w*|__switch_to\\w*|io_schedule\\w*|context_switch|preempt_schedule\\w*"
              + "|wait_for_completion\\w*|__wait_for_common|wait_for_common|do_wait_for_common"
              + "|schedule_timeout\\w*|_*cond_resched|_*might_sleep|autoremove_wake_function"
              + "|default_wake_function|woken_wake_function|wake_up_q|lock_acquire|lock_release"
              + "|osq_lock|mutex_spin_on_owner|mutex_optimistic_spin|dump_backtrace|show_stack");

  private final String sentence;

  Waits(String sentence) {
    this.sentence = sentence;
  }

  /** What it is, in words. */
  public String sentence() {
    return sentence;
  }

  /** Whether it is a lock that somebody holds. */
  public boolean isLock() {
    return this == MUTEX || this == RW_SEMAPHORE || this == SPIN_LOCK;
  }

  /** What a task with these frames, innermost first, waits for. */
  public static Waits of(List<Frame> frames) {
    Waits found = UNKNOWN;
    for (Frame frame : frames) {
      if (frame.reliable()) {
        Waits one = of(frame.function());
        if (one == UNKNOWN) {
          return found;
        }
        // Behind a plain sleep may be what it is for.
        found = found == UNKNOWN || found == EVENT ? one : found;
      }
    }
    return found;
  }

  /** Whether a function is one that waiting is made of, and not one that waits. */
  public static boolean isPartOfWait(String function) {
    return of(function) != UNKNOWN;
  }

  private static Waits of(String function) {
    if (MUTEXES.matcher(function).matches()) {
      return MUTEX;
    }
    if (SEMAPHORES.matcher(function).matches()) {
      return RW_SEMAPHORE;
    }
    if (SPIN_LOCKS.matcher(function).matches()) {
      return SPIN_LOCK;
    }
    if (SRCUS.matcher(function).matches()) {
      return SRCU;
    }
    if (WORKS.matcher(function).matches()) {
      return WORK;
    }
    boolean waits = EVENTS.matcher(function).matches() || SCHEDULING.matcher(function).matches();
    return waits ? EVENT : UNKNOWN;
  }
}
