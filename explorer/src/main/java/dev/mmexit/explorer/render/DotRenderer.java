package dev.mmexit.explorer.render;

import dev.mmexit.explorer.report.LockGraphDot;
import dev.mmexit.explorer.result.CheckResult;
import dev.mmexit.explorer.result.LockGraph;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/**
 * Graphs for Graphviz. Without a chosen finding the lock-order graphs, where the result has them,
 * one for each variant; else interleavings.
 */
public final class DotRenderer implements Renderer {
  /** More interleavings than these in one picture cannot be read, and take Graphviz very long. */
  private static final int MOST_FINDINGS = 20;

  @Override
  public String name() {
    return "dot";
  }

  @Override
  public String summary() {
    return "graphs for Graphviz: lock order, or an interleaving";
  }

  @Override
  public boolean drawsOneFinding() {
    return true;
  }

  @Override
  public void render(CheckResult result, RenderOptions options, Writer writer) throws IOException {
    List<LockGraph> graphs = result.lockGraphs();
    if (options.finding().isEmpty() && !graphs.isEmpty()) {
      graphs.forEach(graph -> LockGraphDot.write(graph, writer));
      return;
    }
    List<NumberedFinding> findings =
        options.findings(result).stream()
            .filter(chosen -> !chosen.finding().steps().isEmpty())
            .toList();
    if (findings.isEmpty()) {
      throw new NothingToDraw(
          "there is no lock-order graph and no finding with an interleaving to draw");
    }
    if (findings.size() > MOST_FINDINGS) {
      throw new NothingToDraw(
          "there are "
              + findings.size()
              + " interleavings, too many for one picture; choose with --scenario, --variant and"
              + " --finding");
    }
    writer.write(new InterleavingDot().draw(findings));
  }
}
