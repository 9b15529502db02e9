package dev.mmexit.stress.races;

import dev.mmexit.stress.Race;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * The end of a process, which calls the container back, against each operation. The last reference
 * to the address space is that of the process.
 */
public final class ExitRaces {
  private ExitRaces() {}

  /** {@code exit-vs-bind}. */
  @JCStressTest
  @Description("process exit races its first binding")
  @Outcome(
      id = "T1:r0=1; attached(C0,G0); clean",
      expect = Expect.ACCEPTABLE,
      desc =
          "The bind comes first, and the exit unbinds; or the bind has the last "
              + "reference and ends what it made.")
  @Outcome(
      id = "T1:r0=-ESRCH; attached(C0,G0); clean",
      expect = Expect.ACCEPTABLE,
      desc = "The address space has gone before the bind can find it.")
  @State
  public static class ExitVsBind extends Race {
    /** A world of its own. */
    public ExitVsBind() {
      super("exit-vs-bind");
    }

    /** T0. */
    @Actor
    public void t0() {
      run(0);
    }

    /** T1. */
    @Actor
    public void t1() {
      run(1);
    }

    /** What came of it. */
    @Arbiter
    public void atRest(L_Result r) {
      r.r1 = outcome();
    }
  }

  /** {@code exit-vs-unbind}. */
  @JCStressTest
  @Description("process exit races its unbinding")
  @Outcome(
      id = "T1:r0=0; attached(C0,G0); clean",
      expect = Expect.ACCEPTABLE,
      desc = "The unbind finds the process, and unbinds it.")
  @Outcome(
      id = "T1:r0=-ESRCH; attached(C0,G0); clean",
      expect = Expect.ACCEPTABLE,
      desc = "The address space has gone before, and its exit unbinds.")
  @State
  public static class ExitVsUnbind extends Race {
    /** A world of its own. */
    public ExitVsUnbind() {
      super("exit-vs-unbind");
    }

    /** T0. */
    @Actor
    public void t0() {
      run(0);
    }

    /** T1. */
    @Actor
    public void t1() {
      run(1);
    }

    /** What came of it. */
    @Arbiter
    public void atRest(L_Result r) {
      r.r1 = outcome();
    }
  }

  /** {@code exit-vs-attach}. */
  @JCStressTest
  @Description("process exit races the attach of a second group, with replay")
  @Outcome(
      id = "T1:r0=0; attached(C0,G0) attached(C0,G1); clean",
      expect = Expect.ACCEPTABLE,
      desc =
          "Bound to the second group and unbound again by the exit or its work, "
              + "or passed over by the replay.")
  @State
  public static class ExitVsAttach extends Race {
    /** A world of its own. */
    public ExitVsAttach() {
      super("exit-vs-attach");
    }

    /** T0. */
    @Actor
    public void t0() {
      run(0);
    }

    /** T1. */
    @Actor
    public void t1() {
      run(1);
    }

    /** What came of it. */
    @Arbiter
    public void atRest(L_Result r) {
      r.r1 = outcome();
    }
  }

  /** {@code exit-vs-detach}. */
  @JCStressTest
  @Description("process exit races detach of the only group")
  @Outcome(
      id = "T1:r0=0; -; clean",
      expect = Expect.ACCEPTABLE,
      desc = "One unbinds the device, and the other finds nothing left to do.")
  @Outcome(
      id =
          "deadlock: T1 holds iommu->lock and waits for mm_exit of bond D0-P0, "
              + "which T0 would end; T0 waits for iommu->lock",
      expect = Expect.ACCEPTABLE_INTERESTING,
      desc =
          "Finding deadlock: detach holds the container lock and waits for "
              + "mm_exit, which needs that lock.")
  @Outcome(
      id = "dangling-translation: mm_struct P0",
      expect = Expect.ACCEPTABLE_INTERESTING,
      desc =
          "Finding dangling-translation: detach has taken the bond off its list "
              + "before the device is off the page tables.")
  @State
  public static class ExitVsDetach extends Race {
    /** A world of its own. */
    public ExitVsDetach() {
      super("exit-vs-detach");
    }

    /** T0. */
    @Actor
    public void t0() {
      run(0);
    }

    /** T1. */
    @Actor
    public void t1() {
      run(1);
    }

    /** What came of it. */
    @Arbiter
    public void atRest(L_Result r) {
      r.r1 = outcome();
    }
  }

  /** {@code exit-vs-detach-nodd}. */
  @JCStressTest
  @Description("process exit races detach of the only group, which has no default domain")
  @Outcome(
      id = "T1:r0=0; -; leaked-sva-param",
      expect = Expect.ACCEPTABLE_INTERESTING,
      desc =
          "Finding leaked-sva-param: the shutdown of SVA does nothing for a "
              + "device without a domain.")
  @Outcome(
      id = "T1:r0=0; -; clean",
      expect = Expect.FORBIDDEN,
      desc = "Only where it is repaired: one unbinds the device, and SVA is shut " + "down.")
  @Outcome(
      id = "use-after-free: arm_smmu_domain",
      expect = Expect.ACCEPTABLE_INTERESTING,
      desc = "Finding use-after-free: the bond outlives the domain, and the exit " + "uses it.")
  @State
  public static class ExitVsDetachNoDefaultDomain extends Race {
    /** A world of its own. */
    public ExitVsDetachNoDefaultDomain() {
      super("exit-vs-detach-nodd");
    }

    /** T0. */
    @Actor
    public void t0() {
      run(0);
    }

    /** T1. */
    @Actor
    public void t1() {
      run(1);
    }

    /** What came of it. */
    @Arbiter
    public void atRest(L_Result r) {
      r.r1 = outcome();
    }
  }

  /** {@code exit-vs-exit}. */
  @JCStressTest
  @Description("two processes bound to one container exit")
  @Outcome(
      id = "attached(C0,G0); clean",
      expect = Expect.ACCEPTABLE,
      desc = "Each takes its own entry off the list.")
  @State
  public static class ExitVsExit extends Race {
    /** A world of its own. */
    public ExitVsExit() {
      super("exit-vs-exit");
    }

    /** T0. */
    @Actor
    public void t0() {
      run(0);
    }

    /** T1. */
    @Actor
    public void t1() {
      run(1);
    }

    /** What came of it. */
    @Arbiter
    public void atRest(L_Result r) {
      r.r1 = outcome();
    }
  }
}
