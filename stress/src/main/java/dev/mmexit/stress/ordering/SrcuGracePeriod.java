package dev.mmexit.stress.ordering;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * An SRCU reader against {@code call_srcu}: the reader says that it is there before it looks at the
 * pointer, and the updater takes the pointer away before it looks for readers. In the plain tests
 * the result is what the reader finds: nothing (-1), the object (1), or freed memory (0); a reader
 * stays in its section, so where it is seen nothing is freed.
 */
public final class SrcuGracePeriod {
  private SrcuGracePeriod() {}

  /** With full barriers of Java. */
  @JCStressTest
  @Description("an SRCU reader against call_srcu: full barriers")
  @Outcome(id = "-1", expect = Expect.ACCEPTABLE, desc = "The pointer was gone already.")
  @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "The object, which nobody frees.")
  @Outcome(id = "0", expect = Expect.FORBIDDEN, desc = "The object was freed under the reader.")
  @State
  public static class Idiom extends Freed {
    int readers;
    int pointer = 1;

    /** {@code srcu_read_lock}, and the use of the pointer. */
    @Actor
    public void reader(I_Result r) {
      readers = 1;
      VarHandle.fullFence();
      if (pointer == 0) {
        r.r1 = -1;
      } else {
        r.r1 = use();
      }
    }

    /** Unpublishes, and frees where there is no reader. */
    @Actor
    public void updater() {
      pointer = 0;
      VarHandle.fullFence();
      if (readers == 0) {
        free();
      }
    }
  }

  /** The model's SRCU, with an object that the callback frees. */
  @JCStressTest
  @Description("an SRCU reader against call_srcu: Srcu of the model")
  @Outcome(id = "0, 0, ok", expect = Expect.ACCEPTABLE, desc = "The pointer was gone already.")
  @Outcome(id = "1, 0, ok", expect = Expect.ACCEPTABLE, desc = "The object, freed afterwards.")
  @Outcome(
      id = ".*use-after-free",
      expect = Expect.FORBIDDEN,
      desc = "The object was freed under the reader.")
  @State
  public static class Model extends SmallWorld {
    private final Shared head = new Shared(engine);
    private final Shared object = new Shared(engine);

    /** An object that can be found. */
    public Model() {
      head.pointer.set(object);
    }

    /** Looks for the object and uses it, twice. */
    @Actor
    public void reader(LLL_Result r) {
      r.r1 =
          perform(
              "T0",
              () -> {
                head.srcu.readLock();
                Shared found = head.pointer.readOnce();
                int uses = 0;
                if (found != null) {
                  uses = found.one.get() + found.two.get() + 1;
                }
                head.srcu.readUnlock();
                return uses;
              });
    }

    /** Unpublishes it and has it freed. */
    @Actor
    public void updater(LLL_Result r) {
      r.r2 =
          perform(
              "T1",
              () -> {
                head.pointer.writeOnce(null);
                head.srcu.call("free", object::kfree);
                return 0;
              });
    }

    /** When the callback has run. */
    @Arbiter
    public void atRest(LLL_Result r) {
      r.r3 = atRest();
    }
  }

  /** No barriers: each may read before its own write is seen, on x86 too. */
  @JCStressTest
  @Description("an SRCU reader against call_srcu, broken: no barriers")
  @Outcome(id = "-1", expect = Expect.ACCEPTABLE, desc = "The pointer was gone already.")
  @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "The object, not freed yet.")
  @Outcome(
      id = "0",
      expect = Expect.ACCEPTABLE_INTERESTING,
      desc = "Both have looked before the other's write: freed under the reader.")
  @State
  public static class TwinWithoutBarriers extends Freed {
    int readers;
    int pointer = 1;

    /** The use of the pointer. */
    @Actor
    public void reader(I_Result r) {
      readers = 1;
      if (pointer == 0) {
        r.r1 = -1;
      } else {
        r.r1 = use();
      }
    }

    /** Unpublishes, and frees where there is no reader. */
    @Actor
    public void updater() {
      pointer = 0;
      if (readers == 0) {
        free();
      }
    }
  }

  /** Does not wait for readers at all. */
  @JCStressTest
  @Description("an SRCU reader against call_srcu, broken: frees without waiting")
  @Outcome(id = "-1", expect = Expect.ACCEPTABLE, desc = "The pointer was gone already.")
  @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "The object, not freed yet.")
  @Outcome(
      id = "0",
      expect = Expect.ACCEPTABLE_INTERESTING,
      desc = "The pointer was followed to what is freed.")
  @State
  public static class TwinThatDoesNotWait extends Freed {
    int pointer = 1;

    /** The use of the pointer. */
    @Actor
    public void reader(I_Result r) {
      if (pointer == 0) {
        r.r1 = -1;
      } else {
        r.r1 = use();
      }
    }

    /** Unpublishes and frees. */
    @Actor
    public void updater() {
      pointer = 0;
      free();
    }
  }

  /** An object that is used for a while, or freed. */
  public abstract static class Freed {
    private static final VarHandle OBJECT = object();
    private static final int USES = 20;

    int object = 1;

    /** What its last use finds. */
    final int use() {
      int found = 1;
      for (int i = 0; i < USES && found == 1; i++) {
        found = (int) OBJECT.getAcquire(this);
      }
      return found;
    }

    final void free() {
      OBJECT.setRelease(this, 0);
    }

    private static VarHandle object() {
      try {
        return MethodHandles.lookup().findVarHandle(Freed.class, "object", int.class);
      } catch (ReflectiveOperationException e) {
        throw new ExceptionInInitializerError(e);
      }
    }
  }
}
