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

/** Bind and unbind against each other and against what changes the groups of a container. */
public final class BindRaces {
  private BindRaces() {}

  /** {@code bind-vs-bind}. */
  @JCStressTest
  @Description("one process is bound twice at once")
  @Outcome(
      id =
          "T0:r0=1 T1:r0=1; attached(C0,G0) listed(C0,P0) pasid(C0,P0)=1 "
              + "bound(D0,P0) alive(P0); clean",
      expect = Expect.ACCEPTABLE,
      desc = "One binds, the other finds it listed; both are told the PASID.")
  @State
  public static class BindVsBind extends Race {
    /** A world of its own. */
    public BindVsBind() {
      super("bind-vs-bind");
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

  /** {@code bind-vs-unbind}. */
  @JCStressTest
  @Description("binding races unbinding")
  @Outcome(
      id = "T0:r0=1 T1:r0=0; attached(C0,G0) alive(P0); clean",
      expect = Expect.ACCEPTABLE,
      desc = "The unbind takes away what the bind made.")
  @Outcome(
      id =
          "T0:r0=1 T1:r0=-ESRCH; attached(C0,G0) listed(C0,P0) pasid(C0,P0)=1 "
              + "bound(D0,P0) alive(P0); clean",
      expect = Expect.ACCEPTABLE,
      desc = "The unbind comes first and finds nothing.")
  @State
  public static class BindVsUnbind extends Race {
    /** A world of its own. */
    public BindVsUnbind() {
      super("bind-vs-unbind");
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

  /** {@code bind-vs-attach}. */
  @JCStressTest
  @Description("binding races the attach of a second group")
  @Outcome(
      id =
          "T0:r0=1 T1:r0=0; attached(C0,G0) attached(C0,G1) listed(C0,P0) "
              + "pasid(C0,P0)=1 bound(D0,P0) bound(D1,P0) alive(P0); clean",
      expect = Expect.ACCEPTABLE,
      desc =
          "Bound to both groups: by the bind itself, or the second by the replay "
              + "of the attach.")
  @State
  public static class BindVsAttach extends Race {
    /** A world of its own. */
    public BindVsAttach() {
      super("bind-vs-attach");
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

  /** {@code bind-vs-detach}. */
  @JCStressTest
  @Description("binding races detach of the only group")
  @Outcome(
      id = "T0:r0=1 T1:r0=0; alive(P0); clean",
      expect = Expect.ACCEPTABLE,
      desc = "The detach ends what the bind made.")
  @Outcome(
      id = "T0:r0=-EINVAL T1:r0=0; alive(P0); clean",
      expect = Expect.ACCEPTABLE,
      desc = "The detach comes first: there is no group to bind to.")
  @State
  public static class BindVsDetach extends Race {
    /** A world of its own. */
    public BindVsDetach() {
      super("bind-vs-detach");
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

  /** {@code bind-vs-detach-nodd}. */
  @JCStressTest
  @Description("binding races detach of the only group, which has no default domain")
  @Outcome(
      id = "T0:r0=1 T1:r0=0; bound(D0,P0) alive(P0); leaked-bond leaked-sva-param",
      expect = Expect.ACCEPTABLE_INTERESTING,
      desc = "Finding leaked-bond: nothing unbinds a device that has no domain any " + "more.")
  @Outcome(
      id = "T0:r0=1 T1:r0=0; alive(P0); clean",
      expect = Expect.FORBIDDEN,
      desc = "Only where it is repaired: the detach ends what the bind made.")
  @Outcome(
      id = "T0:r0=-EINVAL T1:r0=0; alive(P0); clean",
      expect = Expect.ACCEPTABLE,
      desc = "The detach comes first: there is no group to bind to.")
  @State
  public static class BindVsDetachNoDefaultDomain extends Race {
    /** A world of its own. */
    public BindVsDetachNoDefaultDomain() {
      super("bind-vs-detach-nodd");
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

  /** {@code unbind-vs-unbind}. */
  @JCStressTest
  @Description("one process is unbound twice at once")
  @Outcome(
      id = "T0:r0=0 T1:r0=-ESRCH; attached(C0,G0) alive(P0); clean",
      expect = Expect.ACCEPTABLE,
      desc = "The first unbinds, the second finds nothing.")
  @Outcome(
      id = "T0:r0=-ESRCH T1:r0=0; attached(C0,G0) alive(P0); clean",
      expect = Expect.ACCEPTABLE,
      desc = "The second unbinds, the first finds nothing.")
  @State
  public static class UnbindVsUnbind extends Race {
    /** A world of its own. */
    public UnbindVsUnbind() {
      super("unbind-vs-unbind");
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

  /** {@code unbind-vs-attach}. */
  @JCStressTest
  @Description("unbinding races the attach of a second group")
  @Outcome(
      id = "T0:r0=0 T1:r0=0; attached(C0,G0) attached(C0,G1) alive(P0); clean",
      expect = Expect.ACCEPTABLE,
      desc = "Unbound from both groups, or from the one before the other came.")
  @State
  public static class UnbindVsAttach extends Race {
    /** A world of its own. */
    public UnbindVsAttach() {
      super("unbind-vs-attach");
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

  /** {@code unbind-vs-detach}. */
  @JCStressTest
  @Description("unbinding races detach of the only group")
  @Outcome(
      id = "T0:r0=0 T1:r0=0; alive(P0); clean",
      expect = Expect.ACCEPTABLE,
      desc = "The unbind comes first, and then the group goes.")
  @Outcome(
      id = "T0:r0=-ESRCH T1:r0=0; alive(P0); clean",
      expect = Expect.ACCEPTABLE,
      desc = "The detach of the last group has emptied the list before.")
  @State
  public static class UnbindVsDetach extends Race {
    /** A world of its own. */
    public UnbindVsDetach() {
      super("unbind-vs-detach");
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
