package dev.mmexit.explorer.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mmexit.explorer.Golden;
import dev.mmexit.explorer.Samples;
import dev.mmexit.explorer.result.CheckResult;
import dev.mmexit.explorer.result.Finding;
import dev.mmexit.explorer.result.LockGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DotRendererTest {
  private final DotRenderer renderer = new DotRenderer();

  @TempDir private Path folder;

  @Test
  void lockOrder() {
    Golden.check("render-lock-order.dot", Drawn.all(renderer, Samples.mixed()));
  }

  @Test
  void anInterleaving() {
    String drawn = Drawn.one(renderer, Drawn.only("exit-vs-detach"), 1);
    Golden.check("render-deadlock.dot", drawn);
    assertThat(Drawn.one(renderer, Samples.mixed(), 2)).contains("stale-mm").contains("f0_s2");
  }

  @Test
  void withoutLockOrderGraphsAllInterleavingsAreDrawn() {
    assertThat(Drawn.all(renderer, Drawn.withoutGraphs())).contains("cluster_f0", "cluster_f3");
  }

  @Test
  void whatCannotBeDrawnIsSaid() {
    assertThatThrownBy(() -> Drawn.all(renderer, Drawn.only("clean-one")))
        .isInstanceOf(NothingToDraw.class)
        .hasMessageContaining("no lock-order graph and no finding");
    List<Finding> many = Collections.nCopies(21, Samples.deadlock());
    CheckResult result =
        CheckResult.of(Samples.TOOL, List.of(Samples.complete("many", many, null)));
    assertThatThrownBy(() -> Drawn.all(renderer, result))
        .isInstanceOf(NothingToDraw.class)
        .hasMessageContaining("21 interleavings, too many for one picture");
    assertThat(Drawn.one(renderer, result, 21)).contains("f0_s1");
  }

  @Test
  void graphvizAcceptsIt() throws Exception {
    assumeTrue(Programs.find("dot").isPresent(), "Graphviz is not installed");
    LockGraph graph = Samples.lockGraph();
    CheckResult two =
        CheckResult.of(
            Samples.TOOL,
            List.of(),
            List.of(
                graph,
                new LockGraph(Drawn.HOSTILE, graph.classes(), graph.edges(), graph.cycles())));
    accepted(Drawn.all(renderer, two));
    accepted(Drawn.all(renderer, Drawn.withoutGraphs()));
    accepted(Drawn.all(renderer, Drawn.hostile()));
    assertThat(graphviz("digraph {").status()).isNotZero();
  }

  private void accepted(String document) throws IOException, InterruptedException {
    Programs.Run run = graphviz(document);
    assertThat(run.status()).as(run.output()).isZero();
    assertThat(run.output()).doesNotContain("Warning", "Error").contains("</svg>");
  }

  private Programs.Run graphviz(String document) throws IOException, InterruptedException {
    Path file = folder.resolve("graph.dot");
    Files.writeString(file, document);
    return Programs.run(folder, "dot", "-Tsvg", file.toString());
  }
}
