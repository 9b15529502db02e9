package dev.mmexit.stress.ordering;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * {@code dev->iommu_param->sva_param} is read without its lock, while a shutdown sets it to {@code
 * NULL}. The patch uses plain accesses, which the compiler may do again or in another order: then
 * what was {@code NULL} once is not so later. Results are whether two reads, one after the other,
 * find the parameter.
 *
 * <p>The hardware does not do that to reads of one field, but the compiler may: the device has two
 * names, as far as it knows two devices, and the field was read by the second name before, so that
 * it need not be read again.
 */
public final class SvaParam {
  private SvaParam() {}

  /** Marked accesses of Java. */
  @JCStressTest
  @Description("two reads of sva_param against a shutdown: opaque accesses")
  @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Both reads come before the shutdown.")
  @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "The shutdown comes between them.")
  @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "Both come after the shutdown.")
  @Outcome(id = "0, 1", expect = Expect.FORBIDDEN, desc = "It was NULL and is not any more.")
  @State
  public static class Idiom {
    private static final VarHandle PARAM = param();

    int param = 1;
    final Idiom one = this;
    final Idiom two = this;

    /** {@code iommu_sva_device_shutdown}. */
    @Actor
    public void shutdown() {
      PARAM.setOpaque(this, 0);
    }

    /** Reads it twice. */
    @Actor
    public void reader(II_Result r) {
      Idiom first = one;
      Idiom second = two;
      if ((int) PARAM.getOpaque(second) < 0) {
        return;
      }
      r.r1 = (int) PARAM.getOpaque(first);
      r.r2 = (int) PARAM.getOpaque(second);
    }

    private static VarHandle param() {
      try {
        return MethodHandles.lookup().findVarHandle(Idiom.class, "param", int.class);
      } catch (ReflectiveOperationException e) {
        throw new ExceptionInInitializerError(e);
      }
    }
  }

  /** Marked accesses of the model. */
  @JCStressTest
  @Description("two reads of sva_param against a shutdown: READ_ONCE and WRITE_ONCE of the model")
  @Outcome(id = "0, 11", expect = Expect.ACCEPTABLE, desc = "Both reads come before the shutdown.")
  @Outcome(id = "0, 10", expect = Expect.ACCEPTABLE, desc = "The shutdown comes between them.")
  @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "Both come after the shutdown.")
  @Outcome(id = "0, 1", expect = Expect.FORBIDDEN, desc = "It was NULL and is not any more.")
  @State
  public static class Marked extends SmallWorld {
    private final Shared param = new Shared(engine);
    private final Shared dev = new Shared(engine);

    /** A device that is initialised. */
    public Marked() {
      dev.pointer.set(param);
    }

    /** {@code iommu_sva_device_shutdown}. */
    @Actor
    public void shutdown(LL_Result r) {
      r.r1 =
          perform(
              "T0",
              () -> {
                dev.pointer.writeOnce(null);
                return 0;
              });
    }

    /** Reads it twice. */
    @Actor
    public void reader(LL_Result r) {
      r.r2 =
          perform(
              "T1",
              () -> {
                int first = dev.pointer.readOnce() == null ? 0 : 10;
                return first + (dev.pointer.readOnce() == null ? 0 : 1);
              });
    }
  }

  /** Plain accesses. */
  @JCStressTest
  @Description("two reads of sva_param against a shutdown, broken: plain accesses")
  @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Both reads come before the shutdown.")
  @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "The shutdown comes between them.")
  @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "Both come after the shutdown.")
  @Outcome(
      id = "0, 1",
      expect = Expect.ACCEPTABLE_INTERESTING,
      desc = "The second read was left out: it was NULL and is not any more.")
  @State
  public static class TwinPlain {
    int param = 1;
    final TwinPlain one = this;
    final TwinPlain two = this;

    /** {@code iommu_sva_device_shutdown}. */
    @Actor
    public void shutdown() {
      param = 0;
    }

    /** Reads it twice. */
    @Actor
    public void reader(II_Result r) {
      TwinPlain first = one;
      TwinPlain second = two;
      if (second.param < 0) {
        return;
      }
      r.r1 = first.param;
      r.r2 = second.param;
    }
  }
}
