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

/** Attach and detach against each other, with a process bound that the attach replays. */
public final class GroupRaces {
  private GroupRaces() {}

  /** {@code attach-vs-attach-2g}. */
  @JCStressTest
  @Description("two groups are attached at once, each with replay")
  @Outcome(
      id =
          "T0:r0=0 T1:r0=0; attached(C0,G0) attached(C0,G1) attached(C0,G2) "
              + "listed(C0,P0) pasid(C0,P0)=1 bound(D0,P0) bound(D1,P0) bound(D2,P0) "
              + "alive(P0); clean",
      expect = Expect.ACCEPTABLE,
      desc = "Both are attached, and bound to the process by the replay.")
  @State
  public static class AttachVsAttach extends Race {
    /** A world of its own. */
    public AttachVsAttach() {
      super("attach-vs-attach-2g");
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

  /** {@code attach-vs-detach}. */
  @JCStressTest
  @Description("attach of a group, with replay, races detach of the same")
  @Outcome(
      id =
          "T0:r0=0 T1:r0=0; attached(C0,G0) attached(C0,G1) listed(C0,P0) "
              + "pasid(C0,P0)=1 bound(D0,P0) bound(D1,P0) alive(P0); clean",
      expect = Expect.ACCEPTABLE,
      desc = "The detach comes first and finds nothing; the group stays.")
  @Outcome(
      id =
          "T0:r0=0 T1:r0=0; attached(C0,G0) listed(C0,P0) pasid(C0,P0)=1 "
              + "bound(D0,P0) alive(P0); clean",
      expect = Expect.ACCEPTABLE,
      desc = "The group comes and goes.")
  @State
  public static class AttachVsDetach extends Race {
    /** A world of its own. */
    public AttachVsDetach() {
      super("attach-vs-detach");
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

  /** {@code detach-vs-detach}. */
  @JCStressTest
  @Description("one group is detached twice at once")
  @Outcome(
      id = "T0:r0=0 T1:r0=0; alive(P0); clean",
      expect = Expect.ACCEPTABLE,
      desc = "One detaches it, the other finds nothing.")
  @State
  public static class DetachVsDetach extends Race {
    /** A world of its own. */
    public DetachVsDetach() {
      super("detach-vs-detach");
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
