package dev.mmexit.stress.ordering;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * {@code kref_get_unless_zero} against the last {@code kref_put}. Results are whether the put frees
 * the object, and whether the get has got a reference.
 */
public final class LastPut {
  private LastPut() {}

  /** With an atomic counter of Java. */
  @JCStressTest
  @Description("kref_get_unless_zero against the last kref_put: an atomic counter")
  @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "The put was first, and frees it.")
  @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "The get was first, and keeps it.")
  @Outcome(id = "1, 1", expect = Expect.FORBIDDEN, desc = "A reference to what is freed.")
  @Outcome(id = "0, 0", expect = Expect.FORBIDDEN, desc = "Nobody has it and nobody frees it.")
  @State
  public static class Idiom {
    final AtomicInteger count = new AtomicInteger(1);

    /** {@code kref_put}. */
    @Actor
    public void put(II_Result r) {
      r.r1 = count.decrementAndGet() == 0 ? 1 : 0;
    }

    /** {@code kref_get_unless_zero}. */
    @Actor
    public void get(II_Result r) {
      r.r2 = count.getAndUpdate(now -> now == 0 ? 0 : now + 1) == 0 ? 0 : 1;
    }
  }

  /** With the model's reference count. */
  @JCStressTest
  @Description("kref_get_unless_zero against the last kref_put: RefCount of the model")
  @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "The put was first, and frees it.")
  @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "The get was first, and keeps it.")
  @Outcome(id = "1, 1", expect = Expect.FORBIDDEN, desc = "A reference to what is freed.")
  @Outcome(id = "0, 0", expect = Expect.FORBIDDEN, desc = "Nobody has it and nobody frees it.")
  @State
  public static class Model extends SmallWorld {
    private final Shared object = new Shared(engine);

    /** {@code kref_put}. */
    @Actor
    public void put(LL_Result r) {
      r.r1 = perform("T0", () -> object.refs.decAndTest() ? 1 : 0);
    }

    /** {@code kref_get_unless_zero}. */
    @Actor
    public void get(LL_Result r) {
      r.r2 = perform("T1", () -> object.refs.incNotZero() ? 1 : 0);
    }
  }

  /** {@code kref_get} after a look: the count is zero by then, now and then. */
  @JCStressTest
  @Description("kref_get_unless_zero against the last kref_put, broken: a check, then an increment")
  @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "The put was first, and frees it.")
  @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "The get was first, and keeps it.")
  @Outcome(
      id = "1, 1",
      expect = Expect.ACCEPTABLE_INTERESTING,
      desc = "The put came between the check and the increment: a reference to what is freed.")
  @State
  public static class TwinThatChecksFirst {
    final AtomicInteger count = new AtomicInteger(1);

    /** {@code kref_put}. */
    @Actor
    public void put(II_Result r) {
      r.r1 = count.decrementAndGet() == 0 ? 1 : 0;
    }

    /** {@code if (kref_read()) kref_get()}. */
    @Actor
    public void get(II_Result r) {
      if (count.get() != 0) {
        count.incrementAndGet();
        r.r2 = 1;
      }
    }
  }
}
