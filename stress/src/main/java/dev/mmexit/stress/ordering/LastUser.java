package dev.mmexit.stress.ordering;

import dev.mmexit.mm.MmStruct;
import dev.mmexit.stress.Race;
import dev.mmexit.variant.KernelImage;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.LLI_Result;

/**
 * {@code mm_users} drops to zero on one side while the other takes it with {@code mmget_not_zero}.
 * Results are whether the exit takes the address space down, whether the other got it (and found it
 * whole: 1, or taken down: 2), and how often it was taken down.
 */
public final class LastUser {
  private LastUser() {}

  /** With an atomic counter of Java. */
  @JCStressTest
  @Description("mmput against mmget_not_zero: an atomic counter")
  @Outcome(id = "1, 0, 1", expect = Expect.ACCEPTABLE, desc = "The exit was first.")
  @Outcome(id = "0, 1, 1", expect = Expect.ACCEPTABLE, desc = "The other is the last user.")
  @Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "The other came and went before.")
  @State
  public static class Idiom extends Counted {
    /** {@code exit_mm}. */
    @Actor
    public void exit(III_Result r) {
      r.r1 = put();
    }

    /** {@code vfio_iommu_replay_bind}. */
    @Actor
    public void replay(III_Result r) {
      if (users.getAndUpdate(now -> now == 0 ? 0 : now + 1) != 0) {
        r.r2 = use();
      }
    }

    /** When both are done. */
    @Arbiter
    public void atRest(III_Result r) {
      r.r3 = takenDown.get();
    }
  }

  /** With the functions of the model. */
  @JCStressTest
  @Description("mmput against mmget_not_zero: the modelled functions")
  @Outcome(id = "0, 0, 1", expect = Expect.ACCEPTABLE, desc = "The exit was first.")
  @Outcome(id = "0, 1, 1", expect = Expect.ACCEPTABLE, desc = "The other got it while it lived.")
  @State
  public static class Model extends SmallWorld {
    private final KernelImage image = new KernelImage(engine, Race.variant(), false);
    private final MmStruct mm;

    /** A process. */
    public Model() {
      mm = image.addProcess("P0", 100, 0).mm.deref();
      // What keeps the struct itself while the other looks at it.
      image.mm().fork.mmgrab(mm);
    }

    /** {@code exit_mm}. */
    @Actor
    public void exit(LLI_Result r) {
      r.r1 =
          perform(
              "T0",
              () -> {
                image.mm().fork.mmput(mm);
                return 0;
              });
    }

    /** {@code vfio_iommu_replay_bind}. */
    @Actor
    public void replay(LLI_Result r) {
      r.r2 =
          perform(
              "T1",
              () -> {
                if (!image.mm().fork.mmgetNotZero(mm)) {
                  return 0;
                }
                int found = mm.pageTablesFreed.get() ? 2 : 1;
                image.mm().fork.mmputAsync(mm);
                return found;
              });
    }

    /** When the kworker is done too. */
    @Arbiter
    public void atRest(LLI_Result r) {
      boolean fine = atRest().equals("ok") && mm.mmUsers.now() == 0 && mm.mmCount.now() == 1;
      r.r3 = fine && mm.pageTablesFreed.now() ? 1 : 0;
    }
  }

  /** {@code mmget} after a look at the counter. */
  @JCStressTest
  @Description("mmput against mmget_not_zero, broken: a check, then an increment")
  @Outcome(id = "1, 0, 1", expect = Expect.ACCEPTABLE, desc = "The exit was first.")
  @Outcome(id = "0, 1, 1", expect = Expect.ACCEPTABLE, desc = "The other is the last user.")
  @Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "The other came and went before.")
  @Outcome(
      id = {"1, 1, 2", "1, 2, 2"},
      expect = Expect.ACCEPTABLE_INTERESTING,
      desc = "The counter was zero in between: the address space is taken down twice.")
  @State
  public static class TwinThatChecksFirst extends Counted {
    /** {@code exit_mm}. */
    @Actor
    public void exit(III_Result r) {
      r.r1 = put();
    }

    /** {@code if (atomic_read()) mmget()}. */
    @Actor
    public void replay(III_Result r) {
      if (users.get() != 0) {
        users.incrementAndGet();
        r.r2 = use();
      }
    }

    /** When both are done. */
    @Arbiter
    public void atRest(III_Result r) {
      r.r3 = takenDown.get();
    }
  }

  /** An address space, as far as its users go. */
  public abstract static class Counted {
    final AtomicInteger users = new AtomicInteger(1);
    final AtomicInteger takenDown = new AtomicInteger();

    final int put() {
      if (users.decrementAndGet() != 0) {
        return 0;
      }
      takenDown.incrementAndGet();
      return 1;
    }

    final int use() {
      int found = takenDown.get() == 0 ? 1 : 2;
      put();
      return found;
    }
  }
}
