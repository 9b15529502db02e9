package dev.mmexit.explorer;

import dev.mmexit.explorer.result.CheckResult;
import dev.mmexit.explorer.result.ConditionResult;
import dev.mmexit.explorer.result.FieldChange;
import dev.mmexit.explorer.result.FinalState;
import dev.mmexit.explorer.result.Finding;
import dev.mmexit.explorer.result.HeldInFunction;
import dev.mmexit.explorer.result.InterleavingStep;
import dev.mmexit.explorer.result.LockCycle;
import dev.mmexit.explorer.result.LockEdge;
import dev.mmexit.explorer.result.LockGraph;
import dev.mmexit.explorer.result.ReplayFinding;
import dev.mmexit.explorer.result.ReplayResult;
import dev.mmexit.explorer.result.ScenarioResult;
import dev.mmexit.explorer.result.StepLine;
import dev.mmexit.explorer.result.ThreadReport;
import dev.mmexit.explorer.result.ThreadStatus;
import dev.mmexit.explorer.result.Tool;
import dev.mmexit.kernel.FindingKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Results made by hand. */
public final class Samples {
  public static final Tool TOOL = new Tool("mmexit", "1.2.3");
  public static final String SCHEDULE = "1:9f3a77b0:T0*5,T1*3,T0,T1";

  private static final String IOMMU_LOCK = "iommu->lock (C0)";

  private Samples() {}

  public static FinalState state(long r0, String... facts) {
    return new FinalState(new TreeMap<>(Map.of("T1:r0", r0)), List.of(facts));
  }

  public static StepLine line(int depth, String function, String text) {
    return new StepLine(depth, function, text);
  }

  public static InterleavingStep step(int thread, List<String> held, StepLine... lines) {
    return new InterleavingStep(thread, List.of(lines), held, List.of());
  }

  private static InterleavingStep changing(
      InterleavingStep step, String field, String from, String to) {
    List<FieldChange> changes = new ArrayList<>(step.changes());
    changes.add(new FieldChange(field, from, to));
    return new InterleavingStep(step.thread(), step.lines(), step.held(), changes);
  }

  public static ThreadReport finished(String name, String task) {
    return new ThreadReport(name, task, ThreadStatus.FINISHED, null, null, List.of(), List.of());
  }

  /** A complete exploration with these findings. */
  public static ScenarioResult complete(
      String name, List<Finding> findings, @Nullable List<String> expected) {
    return result(name, null, findings, expected);
  }

  /** An exploration with these findings. */
  public static ScenarioResult result(
      String name,
      @Nullable String bound,
      List<Finding> findings,
      @Nullable List<String> expected) {
    return new ScenarioResult(
        name,
        "scenarios/" + name + ".litmus",
        "v2",
        bound == null,
        bound,
        202,
        198,
        2493,
        0.021,
        findings,
        List.of(state(0, "attached(C0,G0)"), state(-3)),
        new ConditionResult("exists (T1:r0 = 0 /\\ attached(C0, G0))", true, 1, 1),
        expected,
        ScenarioResult.judge(bound == null, findings, expected));
  }

  /** A complete exploration without a condition. */
  public static ScenarioResult withoutCondition(
      String name, List<Finding> findings, List<FinalState> states) {
    return new ScenarioResult(
        name,
        "scenarios/" + name + ".litmus",
        "v2",
        true,
        null,
        7,
        5,
        31,
        12.5,
        findings,
        states,
        null,
        null,
        ScenarioResult.judge(true, findings, null));
  }

  /** The same result, of another variant. */
  public static ScenarioResult on(String variant, ScenarioResult result) {
    return new ScenarioResult(
        result.scenario(),
        result.file(),
        variant,
        result.complete(),
        result.bound(),
        result.states(),
        result.executions(),
        result.transitions(),
        result.seconds(),
        result.findings(),
        result.finalStates(),
        result.condition(),
        result.expected(),
        result.asExpected());
  }

  /** Process exit against detach: the deadlock that the patch as posted has. */
  public static Finding deadlock() {
    return new Finding(
        FindingKind.DEADLOCK,
        "T1 holds iommu->lock (C0) and waits for mm_exit of bond D0-P0, which T0 would end; "
            + "T0 waits for iommu->lock (C0).",
        "io_mm_detach_locked waits for mm_exit of bond D0-P0; "
            + "vfio_iommu_mm_exit waits for iommu->lock vfio_iommu (C0)",
        deadlockThreads(),
        SCHEDULE,
        deadlockSteps());
  }

  private static List<ThreadReport> deadlockThreads() {
    return List.of(
        new ThreadReport(
            "T0",
            "P0",
            ThreadStatus.BLOCKED,
            IOMMU_LOCK,
            "T1",
            List.of(),
            List.of(
                "vfio_iommu_mm_exit",
                "iommu_notifier_release",
                "__mmu_notifier_release",
                "exit_mmap",
                "mmput",
                "exit_mm",
                "do_exit")),
        new ThreadReport(
            "T1",
            "manager",
            ThreadStatus.BLOCKED,
            "mm_exit of bond D0-P0",
            "T0",
            List.of(IOMMU_LOCK),
            List.of(
                "iommu_sva_unbind_device_all",
                "vfio_iommu_sva_shutdown",
                "vfio_iommu_type1_detach_group")),
        new ThreadReport("T2", "P1", ThreadStatus.NOT_STARTED, null, null, List.of(), List.of()));
  }

  private static List<InterleavingStep> deadlockSteps() {
    List<String> none = List.of();
    List<String> iommu = List.of(IOMMU_LOCK);
    String detach = "vfio_iommu_type1_detach_group";
    String release = "iommu_notifier_release";
    String unbind = "iommu_sva_unbind_device_all";
    return List.of(
        changing(
            step(
                0,
                none,
                line(0, "do_exit", ""),
                line(1, "exit_mm", "drop mm_users of mm(P0) to 0")),
            "mm->mm_users (P0)",
            "1",
            "0"),
        step(
            0,
            none,
            line(4, "__mmu_notifier_release", "enter srcu"),
            line(5, release, "call mm_exit handlers of io_mm(P0)")),
        step(
            0,
            List.of("iommu_sva_lock"),
            line(5, release, "lock iommu_sva_lock"),
            line(5, release, "set mm_exit_active of bond D0-P0")),
        step(0, none, line(5, release, "unlock iommu_sva_lock")),
        changing(step(1, iommu, line(0, detach, "lock " + IOMMU_LOCK)), IOMMU_LOCK, "free", "T1"),
        step(
            1,
            List.of(IOMMU_LOCK, "iommu_sva_lock"),
            line(1, "vfio_iommu_sva_shutdown", ""),
            line(2, unbind, "lock iommu_sva_lock")),
        step(
            1,
            iommu,
            line(2, unbind, "unlock iommu_sva_lock"),
            line(2, unbind, "wait until mm_exit of bond D0-P0 is no longer active")),
        step(0, none, line(6, "vfio_iommu_mm_exit", "wait for " + IOMMU_LOCK)));
  }

  /** A small finding at the end of an execution. */
  public static Finding staleMm() {
    List<String> none = List.of();
    return new Finding(
        FindingKind.STALE_MM,
        "C0 lists the address space of P0, which has exited.",
        "C0 P0",
        List.of(finished("T0", "P0"), finished("T1", "manager")),
        "1:9f3a77b0:T1*4,T0*2",
        List.of(
            step(1, none, line(0, "vfio_iommu_type1_detach_group", "unlock " + IOMMU_LOCK)),
            step(0, none, line(0, "do_exit", "return"))));
  }

  /**
   * A finding of {@code threads} threads that do the same, one after the other, and end in a
   * circle.
   */
  public static Finding circle(int threads) {
    List<ThreadReport> reports = new ArrayList<>();
    List<InterleavingStep> steps = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      String own = "iommu->lock (C" + i + ")";
      String next = "iommu->lock (C" + (i + 1) % threads + ")";
      String other = "T" + (i + 1) % threads;
      List<String> holds = List.of(own, "group->container_q");
      reports.add(
          new ThreadReport(
              "T" + i,
              "manager",
              ThreadStatus.BLOCKED,
              next,
              other,
              holds,
              List.of("vfio_iommu_type1_detach_group", "vfio_group_unset_container")));
      steps.add(
          step(
              i,
              holds,
              line(0, "vfio_group_unset_container", "lock group->container_q"),
              line(1, "vfio_iommu_type1_detach_group", "lock " + own)));
    }
    for (int i = 0; i < threads; i++) {
      String next = "iommu->lock (C" + (i + 1) % threads + ")";
      steps.add(
          step(
              i,
              reports.get(i).holds(),
              line(1, "vfio_iommu_type1_detach_group", "wait for " + next)));
    }
    return new Finding(
        FindingKind.DEADLOCK, "All wait in a circle.", "circle", reports, "1:0:T0,T1,T2", steps);
  }

  /** A run with one scenario of each verdict. */
  public static CheckResult mixed() {
    return CheckResult.of(
        TOOL,
        List.of(
            complete("clean-one", List.of(), List.of()),
            complete("exit-vs-detach", List.of(deadlock()), List.of("deadlock")),
            complete(
                "surprise", List.of(deadlock(), staleMm()), List.of("deadlock", "leaked-bond")),
            complete("repaired", List.of(), List.of("deadlock")),
            result("long-one", "60 seconds", List.of(), List.of("deadlock")),
            result("long-and-bad", "60 seconds", List.of(staleMm()), null)),
        List.of(lockGraph()));
  }

  /** The lock graph of the deadlock. */
  public static LockGraph lockGraph() {
    return new LockGraph(
        "v2",
        true,
        List.of("bond->mm_exit_wq", "iommu->lock"),
        List.of("bond->mm_exit_wq"),
        List.of(
            new LockEdge(
                "bond->mm_exit_wq",
                "iommu->lock",
                LockEdge.Kind.EVENT,
                "exit-vs-detach",
                SCHEDULE,
                "T0",
                List.of("iommu_notifier_release"),
                List.of("vfio_iommu_mm_exit", "iommu_notifier_release")),
            new LockEdge(
                "iommu->lock",
                "bond->mm_exit_wq",
                LockEdge.Kind.EVENT,
                "exit-vs-detach",
                SCHEDULE,
                "T1",
                List.of("vfio_iommu_type1_detach_group"),
                List.of("io_mm_detach_locked", "vfio_iommu_type1_detach_group"))),
        List.of(
            new LockCycle(
                List.of("bond->mm_exit_wq", "iommu->lock"),
                LockCycle.Status.WITNESSED,
                "exit-vs-detach",
                SCHEDULE)),
        List.of(
            new HeldInFunction("io_mm_free", List.of(), List.of()),
            new HeldInFunction(
                "vfio_iommu_mm_exit", List.of("bond->mm_exit_wq"), List.of("group->mutex"))));
  }

  /** A graph with a cycle of three that nobody has seen to block, one of one, and a bound. */
  public static LockGraph incompleteLockGraph() {
    return new LockGraph(
        "v2",
        false,
        List.of("bond->mm_exit_wq", "filep->file_lock", "group->mutex", "iommu->lock"),
        List.of("bond->mm_exit_wq"),
        List.of(
            edge("bond->mm_exit_wq", "iommu->lock", LockEdge.Kind.EVENT, "T0"),
            edge("group->mutex", "bond->mm_exit_wq", LockEdge.Kind.EVENT, "T1"),
            edge("iommu->lock", "group->mutex", LockEdge.Kind.LOCK, "T2"),
            edge("iommu->lock", "iommu->lock", LockEdge.Kind.LOCK, "T2")),
        List.of(
            new LockCycle(
                List.of("iommu->lock"), LockCycle.Status.WITNESSED, "exec-vs-pin", SCHEDULE),
            new LockCycle(
                List.of("bond->mm_exit_wq", "iommu->lock", "group->mutex"),
                LockCycle.Status.POSSIBLE,
                "exit-vs-detach",
                SCHEDULE)),
        List.of());
  }

  private static LockEdge edge(String from, String to, LockEdge.Kind kind, String thread) {
    return new LockEdge(
        from,
        to,
        kind,
        "exit-vs-detach",
        SCHEDULE,
        thread,
        List.of("takes_" + from.replaceAll("\\W", "_"), "caller"),
        List.of("comes_to_" + to.replaceAll("\\W", "_"), "caller"));
  }

  /** A replay of the deadlock. */
  public static ReplayResult replay() {
    return new ReplayResult(
        TOOL,
        "exit-vs-detach",
        "scenarios/exit-vs-detach.litmus",
        "v2",
        SCHEDULE,
        deadlockThreads(),
        deadlockSteps(),
        List.of(new ReplayFinding(FindingKind.DEADLOCK, deadlock().message())),
        null);
  }

  /** A replay that finishes without a finding. */
  public static ReplayResult cleanReplay() {
    return new ReplayResult(
        TOOL,
        "exit-vs-detach",
        "scenarios/exit-vs-detach.litmus",
        "fixed",
        SCHEDULE,
        staleMm().threads(),
        staleMm().steps(),
        List.of(),
        state(0, "attached(C0,G0)"));
  }
}
