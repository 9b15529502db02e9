package dev.mmexit.html;

import dev.mmexit.explorer.Samples;
import dev.mmexit.explorer.result.CheckResult;
import dev.mmexit.explorer.result.Finding;
import dev.mmexit.explorer.result.LockEdge;
import dev.mmexit.explorer.result.LockGraph;
import dev.mmexit.explorer.result.ScenarioResult;
import java.util.ArrayList;
import java.util.List;

/** Results for pages. */
final class PageSamples {
  /** What would end an element, begin one, or end a string, if it were not escaped. */
  static final String HOSTILE =
      "</script><img src=x onerror=\"window.hacked=1\"><!-- ' \" & \u2028 ${x} {{x}}";

  private PageSamples() {}

  /** The same scenario on another variant, with other findings and the same expectation. */
  static ScenarioResult on(String variant, ScenarioResult result, List<Finding> findings) {
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
        findings,
        result.finalStates(),
        result.condition(),
        result.expected(),
        ScenarioResult.judge(result.complete(), findings, result.expected()));
  }

  /** Every verdict on two variants: one row regressed, one fixed, and lock-order graphs of both. */
  static CheckResult twoVariants() {
    List<ScenarioResult> results = new ArrayList<>();
    for (ScenarioResult result : Samples.mixed().results()) {
      List<Finding> other =
          switch (result.scenario()) {
            case "exit-vs-detach" -> List.of();
            case "clean-one" -> List.of(Samples.staleMm());
            default -> result.findings();
          };
      results.add(result);
      results.add(on("fixed", result, other));
    }
    LockGraph graph = Samples.lockGraph();
    List<LockEdge> edges = graph.edges().subList(0, 1);
    LockGraph other = new LockGraph("fixed", graph.classes(), edges, List.of());
    return CheckResult.of(Samples.TOOL, results, List.of(graph, other));
  }

  /** A result in which every name is hostile. */
  static CheckResult hostile() {
    Finding deadlock = Samples.deadlock();
    Finding finding =
        new Finding(
            deadlock.kind(),
            HOSTILE,
            HOSTILE,
            deadlock.threads(),
            HOSTILE,
            List.of(
                Samples.step(0, List.of(HOSTILE), Samples.line(0, HOSTILE, HOSTILE)),
                Samples.step(1, List.of(), Samples.line(0, HOSTILE, HOSTILE))));
    ScenarioResult result = Samples.complete(HOSTILE, List.of(finding), List.of(HOSTILE));
    LockEdge edge =
        new LockEdge(
            HOSTILE,
            "iommu->lock",
            LockEdge.Kind.LOCK,
            HOSTILE,
            HOSTILE,
            HOSTILE,
            List.of(HOSTILE),
            List.of(HOSTILE));
    return CheckResult.of(
        Samples.TOOL,
        List.of(result, on(HOSTILE, result, List.of())),
        List.of(new LockGraph("v2", List.of(HOSTILE, "iommu->lock"), List.of(edge), List.of())));
  }

  /** As many scenarios as there may be in a campaign, on several variants. */
  static CheckResult large(int scenarios, int variants) {
    List<ScenarioResult> results = new ArrayList<>();
    for (int i = 0; i < scenarios; i++) {
      List<Finding> findings =
          i % 2 == 0 ? List.of() : List.of(Samples.deadlock(), Samples.staleMm());
      ScenarioResult result = Samples.complete("scenario-" + i, findings, List.of("deadlock"));
      for (int v = 0; v < variants; v++) {
        boolean other = (i + v) % 7 == 0;
        results.add(on("variant-" + v, result, other ? List.of() : findings));
      }
    }
    return CheckResult.of(Samples.TOOL, results);
  }
}
