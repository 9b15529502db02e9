package dev.mmexit.explorer.render;

import dev.mmexit.explorer.report.JsonReport;
import dev.mmexit.explorer.result.CheckResult;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Interleavings in the Trace Event Format that Perfetto and {@code chrome://tracing} read. A
 * process stands for a finding, and a microsecond for a step.
 */
public final class PerfettoRenderer implements Renderer {

  /**
   * The document.
   *
   * @param traceEvents what happened
   * @param displayTimeUnit the unit that the viewer counts in
   * @param otherData what else there is to know
   */
  record Trace(
      List<TraceEvent> traceEvents, String displayTimeUnit, Map<String, String> otherData) {}

  @Override
  public String name() {
    return "perfetto";
  }

  @Override
  public String summary() {
    return "a trace for Perfetto or chrome://tracing";
  }

  @Override
  public boolean drawsOneFinding() {
    return true;
  }

  @Override
  public void render(CheckResult result, RenderOptions options, Writer writer) throws IOException {
    List<TraceEvent> events = new ArrayList<>();
    int pid = 1;
    for (NumberedFinding chosen : options.findings(result)) {
      if (!chosen.finding().steps().isEmpty()) {
        events.addAll(new FindingTrace(chosen, pid++).events());
      }
    }
    if (events.isEmpty()) {
      throw new NothingToDraw("there is no finding with an interleaving to draw");
    }
    Map<String, String> about =
        Map.of("producer", result.tool().name() + " " + result.tool().version());
    JsonReport.writeDocument(new Trace(events, "ns", about), writer);
  }
}
