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
 * The end of a process through the work of {@code mmput_async}: the attach has hold of the address
 * space while the process exits, so that a kworker ends it and calls the container back. One actor
 * attaches and goes on with what the kworker is to race; the other exits.
 */
public final class AsyncExitRaces {
  private AsyncExitRaces() {}

  /** {@code attach-detach-vs-exit}. */
  @JCStressTest
  @Description("exit through the work of an attach races detach of the first group")
  @Outcome(
      id = "T1:r0=0 T1:r1=0; attached(C0,G1); clean",
      expect = Expect.ACCEPTABLE,
      desc = "The exit unbinds what is bound, and the group goes.")
  @Outcome(
      id = "T1:r0=0 T1:r1=0; attached(C0,G1) listed(C0,P0) pasid(C0,P0)=1; stale-mm",
      expect = Expect.ACCEPTABLE_INTERESTING,
      desc =
          "Finding stale-mm: the replay passes over the process, the detach "
              + "takes its only bond, and nothing calls back any more.")
  @Outcome(
      id =
          "deadlock: T1 holds iommu->lock and waits for mm_exit of bond D0-P0, "
              + "which T0 would end; T0 waits for iommu->lock",
      expect = Expect.ACCEPTABLE_INTERESTING,
      desc = "Finding deadlock: as with the exit by itself.")
  @Outcome(
      id =
          "deadlock: T1 holds iommu->lock and waits for mm_exit of bond D0-P0, "
              + "which kworker/0 would end; kworker/0 waits for iommu->lock",
      expect = Expect.ACCEPTABLE_INTERESTING,
      desc =
          "Finding deadlock: detach holds the container lock and waits for "
              + "mm_exit, which the kworker of mmput_async is to run.")
  @Outcome(
      id = "dangling-translation: mm_struct P0",
      expect = Expect.ACCEPTABLE_INTERESTING,
      desc =
          "Finding dangling-translation: detach has taken the bond off its list "
              + "before the device is off the page tables.")
  @State
  public static class AttachDetachVsExit extends Race {
    /** A world of its own. */
    public AttachDetachVsExit() {
      super("attach-detach-vs-exit");
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

  /** {@code attach-attach-vs-exit}. */
  @JCStressTest
  @Description("exit through the work of an attach races the attach of another group")
  @Outcome(
      id = "T1:r0=0 T1:r1=0; attached(C0,G0) attached(C0,G1) attached(C0,G2); clean",
      expect = Expect.ACCEPTABLE,
      desc = "Both groups are there, and nothing is bound.")
  @State
  public static class AttachAttachVsExit extends Race {
    /** A world of its own. */
    public AttachAttachVsExit() {
      super("attach-attach-vs-exit");
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

  /** {@code attach-bind-vs-exit-2p}. */
  @JCStressTest
  @Description("exit through the work of an attach races the bind of another process")
  @Outcome(
      id =
          "T1:r0=0 T1:r1=2; attached(C0,G0) attached(C0,G1) listed(C0,P1) "
              + "pasid(C0,P1)=2 bound(D0,P1) bound(D1,P1) alive(P1); clean",
      expect = Expect.ACCEPTABLE,
      desc = "The first process still has PASID 1.")
  @Outcome(
      id =
          "T1:r0=0 T1:r1=1; attached(C0,G0) attached(C0,G1) listed(C0,P1) "
              + "pasid(C0,P1)=1 bound(D0,P1) bound(D1,P1) alive(P1); clean",
      expect = Expect.ACCEPTABLE,
      desc = "The first process has given PASID 1 back.")
  @State
  public static class AttachBindVsExit extends Race {
    /** A world of its own. */
    public AttachBindVsExit() {
      super("attach-bind-vs-exit-2p");
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

  /** {@code attach-unbind-vs-exit-2p}. */
  @JCStressTest
  @Description("exit through the work of an attach races the unbind of another process")
  @Outcome(
      id = "T1:r0=0 T1:r1=0; attached(C0,G0) attached(C0,G1) alive(P1); clean",
      expect = Expect.ACCEPTABLE,
      desc = "Nothing is bound any more.")
  @State
  public static class AttachUnbindVsExit extends Race {
    /** A world of its own. */
    public AttachUnbindVsExit() {
      super("attach-unbind-vs-exit-2p");
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
