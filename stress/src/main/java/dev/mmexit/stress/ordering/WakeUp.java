package dev.mmexit.stress.ordering;

import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * The wait for {@code mm_exit_active}: who waits is on the queue before it looks at the flag, and
 * who clears the flag looks at the queue after that. Results are whether one goes to sleep, and
 * whether the other wakes a sleeper.
 */
public final class WakeUp {
  private WakeUp() {}

  /** Queue and flag under a lock of Java. */
  @JCStressTest
  @Description("wake-up and flag under a lock: a monitor")
  @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "The flag was clear already.")
  @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "Woken before it slept.")
  @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "It sleeps and is woken.")
  @Outcome(id = "1, 0", expect = Expect.FORBIDDEN, desc = "It sleeps and nobody wakes it.")
  @State
  public static class Idiom {
    boolean queued;
    boolean cleared;

    /** {@code wait_event_lock_irq}, up to the sleep. */
    @Actor
    public void waiter(II_Result r) {
      synchronized (this) {
        queued = true;
        r.r1 = cleared ? 0 : 1;
      }
    }

    /** Clears the flag and wakes. */
    @Actor
    public void waker(II_Result r) {
      synchronized (this) {
        cleared = true;
        r.r2 = queued ? 1 : 0;
      }
    }
  }

  /** The model's wait queue, flag and spinlock. One who is never woken is a deadlock. */
  @JCStressTest
  @Description("wake-up and flag under a lock: WaitQueue, Flag and SpinLock of the model")
  @Outcome(
      id = "0, 0",
      expect = Expect.ACCEPTABLE,
      desc = "It waited, if it had to, and was woken.")
  @Outcome(
      id = "deadlock, .*",
      expect = Expect.FORBIDDEN,
      desc = "The wake-up was lost: it sleeps for ever.")
  @State
  public static class Model extends SmallWorld {
    private final Shared bond = new Shared(engine);

    /** A bond whose {@code mm_exit} runs. Both are there, so that one may wait for the other. */
    public Model() {
      bond.active.set(true);
      engine.enlist(List.of("T0", "T1"));
    }

    /** {@code io_mm_detach_locked}. */
    @Actor
    public void waiter(LL_Result r) {
      r.r1 =
          perform(
              "T0",
              () -> {
                bond.spinLock.lock();
                bond.queue.waitEventLockIrq(bond.active, bond.spinLock, "the flag");
                bond.spinLock.unlock();
                return 0;
              });
    }

    /** {@code iommu_notifier_release}, after the {@code mm_exit}. */
    @Actor
    public void waker(LL_Result r) {
      r.r2 =
          perform(
              "T1",
              () -> {
                bond.spinLock.lock();
                bond.active.set(false);
                bond.queue.wakeUpAll();
                bond.spinLock.unlock();
                return 0;
              });
    }
  }

  /** No lock: each may read before its own write is seen, on x86 too. */
  @JCStressTest
  @Description("wake-up and flag, broken: no lock and no barrier")
  @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "The flag was clear already.")
  @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "Woken before it slept.")
  @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "It sleeps and is woken.")
  @Outcome(
      id = "1, 0",
      expect = Expect.ACCEPTABLE_INTERESTING,
      desc = "Both have looked before the other's write: it sleeps and nobody wakes it.")
  @State
  public static class TwinWithoutLock {
    boolean queued;
    boolean cleared;

    /** {@code wait_event}, up to the sleep. */
    @Actor
    public void waiter(II_Result r) {
      queued = true;
      r.r1 = cleared ? 0 : 1;
    }

    /** Clears the flag and wakes. */
    @Actor
    public void waker(II_Result r) {
      cleared = true;
      r.r2 = queued ? 1 : 0;
    }
  }

  /** Looks at the flag, and not again after it is on the queue. */
  @JCStressTest
  @Description("wake-up and flag under a lock, broken: no look at the flag once on the queue")
  @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "The flag was clear already.")
  @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "It sleeps and is woken.")
  @Outcome(
      id = "1, 0",
      expect = Expect.ACCEPTABLE_INTERESTING,
      desc = "The wake-up came between the look and the queue: it sleeps and nobody wakes it.")
  @State
  public static class TwinThatLooksOnce {
    boolean queued;
    boolean cleared;

    /** Looks with the lock, and gets on the queue with the lock, but not at once. */
    @Actor
    public void waiter(II_Result r) {
      boolean sleeps;
      synchronized (this) {
        sleeps = !cleared;
      }
      if (sleeps) {
        synchronized (this) {
          queued = true;
        }
      }
      r.r1 = sleeps ? 1 : 0;
    }

    /** Clears the flag and wakes. */
    @Actor
    public void waker(II_Result r) {
      synchronized (this) {
        cleared = true;
        r.r2 = queued ? 1 : 0;
      }
    }
  }
}
