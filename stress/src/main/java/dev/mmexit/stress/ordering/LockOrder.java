package dev.mmexit.stress.ordering;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * What one has written under a lock is there, all of it, for who takes the lock next. Each adds one
 * to two fields under the lock; results are what each has left in them, as a number of two digits.
 */
public final class LockOrder {
  private LockOrder() {}

  /** A monitor. */
  @JCStressTest
  @Description("release and acquisition of a mutex: a monitor")
  @Outcome(id = "11, 22", expect = Expect.ACCEPTABLE, desc = "The first was first.")
  @Outcome(id = "22, 11", expect = Expect.ACCEPTABLE, desc = "The second was first.")
  @State
  public static class Idiom {
    int one;
    int two;

    /** One of two. */
    @Actor
    public void first(II_Result r) {
      r.r1 = add();
    }

    /** The other. */
    @Actor
    public void second(II_Result r) {
      r.r2 = add();
    }

    private synchronized int add() {
      return ++one + 10 * ++two;
    }
  }

  /** The model's mutex. */
  @JCStressTest
  @Description("release and acquisition of a mutex: Mutex of the model")
  @Outcome(id = "11, 22", expect = Expect.ACCEPTABLE, desc = "The first was first.")
  @Outcome(id = "22, 11", expect = Expect.ACCEPTABLE, desc = "The second was first.")
  @State
  public static class ModelMutex extends SmallWorld {
    private final Shared shared = new Shared(engine);

    /** One of two. */
    @Actor
    public void first(LL_Result r) {
      r.r1 = perform("T0", this::add);
    }

    /** The other. */
    @Actor
    public void second(LL_Result r) {
      r.r2 = perform("T1", this::add);
    }

    private int add() {
      shared.mutex.lock();
      int sum = LockOrder.add(shared);
      shared.mutex.unlock();
      return sum;
    }
  }

  /** The model's spinlock. */
  @JCStressTest
  @Description("release and acquisition of a spinlock: SpinLock of the model")
  @Outcome(id = "11, 22", expect = Expect.ACCEPTABLE, desc = "The first was first.")
  @Outcome(id = "22, 11", expect = Expect.ACCEPTABLE, desc = "The second was first.")
  @State
  public static class ModelSpinLock extends SmallWorld {
    private final Shared shared = new Shared(engine);

    /** One of two. */
    @Actor
    public void first(LL_Result r) {
      r.r1 = perform("T0", this::add);
    }

    /** The other. */
    @Actor
    public void second(LL_Result r) {
      r.r2 = perform("T1", this::add);
    }

    private int add() {
      shared.spinLock.lock();
      int sum = LockOrder.add(shared);
      shared.spinLock.unlock();
      return sum;
    }
  }

  /** The model's semaphore, two writers. */
  @JCStressTest
  @Description("release and acquisition of a semaphore by writers: RwSemaphore of the model")
  @Outcome(id = "11, 22", expect = Expect.ACCEPTABLE, desc = "The first was first.")
  @Outcome(id = "22, 11", expect = Expect.ACCEPTABLE, desc = "The second was first.")
  @State
  public static class ModelWriters extends SmallWorld {
    private final Shared shared = new Shared(engine);

    /** One of two. */
    @Actor
    public void first(LL_Result r) {
      r.r1 = perform("T0", this::add);
    }

    /** The other. */
    @Actor
    public void second(LL_Result r) {
      r.r2 = perform("T1", this::add);
    }

    private int add() {
      shared.rwSemaphore.downWrite();
      int sum = LockOrder.add(shared);
      shared.rwSemaphore.upWrite();
      return sum;
    }
  }

  /** The model's semaphore, a writer and a reader. */
  @JCStressTest
  @Description("release and acquisition of a semaphore by a reader: RwSemaphore of the model")
  @Outcome(id = "11, 0", expect = Expect.ACCEPTABLE, desc = "The reader was first.")
  @Outcome(id = "11, 11", expect = Expect.ACCEPTABLE, desc = "The writer was first.")
  @State
  public static class ModelReader extends SmallWorld {
    private final Shared shared = new Shared(engine);

    /** Writes. */
    @Actor
    public void writer(LL_Result r) {
      r.r1 =
          perform(
              "T0",
              () -> {
                shared.rwSemaphore.downWrite();
                int sum = LockOrder.add(shared);
                shared.rwSemaphore.upWrite();
                return sum;
              });
    }

    /** Reads. */
    @Actor
    public void reader(LL_Result r) {
      r.r2 =
          perform(
              "T1",
              () -> {
                shared.rwSemaphore.downRead();
                int sum = shared.one.get() + 10 * shared.two.get();
                shared.rwSemaphore.upRead();
                return sum;
              });
    }
  }

  /** No lock. */
  @JCStressTest
  @Description("release and acquisition of a mutex, broken: no lock")
  @Outcome(id = "11, 22", expect = Expect.ACCEPTABLE, desc = "The first was first.")
  @Outcome(id = "22, 11", expect = Expect.ACCEPTABLE, desc = "The second was first.")
  @Outcome(
      id = "11, 11",
      expect = Expect.ACCEPTABLE_INTERESTING,
      desc = "Both were at it at once, and one addition is lost.")
  @Outcome(
      id = {
        "11, 12", "11, 21", "12, 11", "21, 11", "12, 21", "21, 12", "12, 22", "22, 12", "21, 22",
        "22, 21", "12, 12", "21, 21", "22, 22"
      },
      expect = Expect.ACCEPTABLE_INTERESTING,
      desc = "Both were at it at once, and one has seen half of what the other does.")
  @State
  public static class TwinWithoutLock {
    int one;
    int two;

    /** One of two. */
    @Actor
    public void first(II_Result r) {
      r.r1 = add();
    }

    /** The other. */
    @Actor
    public void second(II_Result r) {
      r.r2 = add();
    }

    private int add() {
      return ++one + 10 * ++two;
    }
  }

  private static int add(Shared shared) {
    shared.one.set(shared.one.get() + 1);
    shared.two.set(shared.two.get() + 1);
    return shared.one.get() + 10 * shared.two.get();
  }
}
