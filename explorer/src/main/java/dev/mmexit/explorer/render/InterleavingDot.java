package dev.mmexit.explorer.render;

import dev.mmexit.explorer.result.Finding;
import dev.mmexit.explorer.result.InterleavingStep;
import dev.mmexit.explorer.result.StepLine;
import dev.mmexit.explorer.result.ThreadReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Interleavings as graphs: a node for each step, threads as clusters, solid edges within a thread
 * and dotted ones where another goes on; at the end who waits for whom.
 */
final class InterleavingDot {
  private final Dot dot = new Dot();

  String draw(List<NumberedFinding> findings) {
    dot.open("digraph interleaving");
    dot.line("newrank=true;");
    dot.item("node", Map.of("shape", "box", "fontname", Dot.quote("monospace"), "fontsize", "10"));
    for (int i = 0; i < findings.size(); i++) {
      dot.open("subgraph cluster_f" + i);
      dot.line("label=" + Dot.quote(findings.get(i).title()) + ";");
      finding(findings.get(i).finding(), "f" + i);
      dot.close();
    }
    return dot.close().toString();
  }

  private void finding(Finding finding, String prefix) {
    Map<Integer, String> places = new HashMap<>();
    Map<Integer, List<Integer>> stepsOf = new HashMap<>();
    List<List<String>> labels = new ArrayList<>();
    for (int i = 0; i < finding.steps().size(); i++) {
      InterleavingStep step = finding.steps().get(i);
      labels.add(label(i + 1, step, places));
      stepsOf.computeIfAbsent(step.thread(), none -> new ArrayList<>()).add(i);
    }
    for (int thread = 0; thread < finding.threads().size(); thread++) {
      ThreadReport report = finding.threads().get(thread);
      List<Integer> steps = stepsOf.getOrDefault(thread, List.of());
      if (steps.isEmpty() && report.waitsFor() == null) {
        continue;
      }
      dot.open("subgraph cluster_" + prefix + "_t" + thread);
      dot.line("label=" + Dot.quote(report.title()) + ";");
      for (int i : steps) {
        dot.item(node(prefix, i), Map.of("label", Dot.left(labels.get(i))));
      }
      end(report, prefix, thread);
      chain(steps, prefix, thread, report.waitsFor() != null);
      dot.close();
    }
    switches(finding, prefix);
    waits(finding, prefix);
  }

  private static List<String> label(
      int number, InterleavingStep step, Map<Integer, String> places) {
    List<String> lines = new ArrayList<>();
    for (StepLine line : step.lines()) {
      String place = line.depth() + " " + line.function();
      if (!place.equals(places.put(step.thread(), place))) {
        lines.add(line.function() + "()");
      }
      if (!line.text().isBlank()) {
        lines.add("  " + line.text());
      }
    }
    lines.add(0, "step " + number);
    if (!step.held().isEmpty()) {
      lines.add("holds " + String.join(", ", step.held()));
    }
    return lines;
  }

  private void end(ThreadReport report, String prefix, int thread) {
    if (report.waitsFor() != null) {
      dot.item(
          end(prefix, thread),
          Map.of(
              "label",
              Dot.quote("BLOCKED\non " + report.waitsFor()),
              "color",
              "red",
              "style",
              "bold"));
    }
  }

  private void chain(List<Integer> steps, String prefix, int thread, boolean blocked) {
    for (int i = 1; i < steps.size(); i++) {
      dot.line(node(prefix, steps.get(i - 1)) + " -> " + node(prefix, steps.get(i)) + ";");
    }
    if (blocked && !steps.isEmpty()) {
      dot.line(node(prefix, steps.get(steps.size() - 1)) + " -> " + end(prefix, thread) + ";");
    }
  }

  private void switches(Finding finding, String prefix) {
    for (int i = 1; i < finding.steps().size(); i++) {
      if (finding.steps().get(i).thread() != finding.steps().get(i - 1).thread()) {
        String ends = node(prefix, i - 1) + " -> " + node(prefix, i);
        dot.item(ends, Map.of("style", "dotted", "label", Dot.quote("switch")));
      }
    }
  }

  private void waits(Finding finding, String prefix) {
    for (int i = 0; i < finding.threads().size(); i++) {
      int other = Threads.index(finding.threads(), finding.threads().get(i).endedBy());
      if (other >= 0 && finding.threads().get(other).waitsFor() != null) {
        dot.item(
            end(prefix, i) + " -> " + end(prefix, other),
            Map.of(
                "color", "red", "style", "bold", "constraint", "false", "label", "\"waits for\""));
      }
    }
  }

  private static String node(String prefix, int step) {
    return prefix + "_s" + (step + 1);
  }

  private static String end(String prefix, int thread) {
    return prefix + "_t" + thread + "_end";
  }
}
