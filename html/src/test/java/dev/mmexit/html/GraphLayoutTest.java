package dev.mmexit.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.explorer.result.LockCycle;
import dev.mmexit.explorer.result.LockEdge;
import dev.mmexit.explorer.result.LockGraph;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Places for classes and edges. */
class GraphLayoutTest {
  private static final String[] NAMES = {"a->lock", "b->mutex", "c->mmap_sem", "d->wq", "loop"};

  private static LockEdge edge(int from, int to) {
    return new LockEdge(
        NAMES[from], NAMES[to], LockEdge.Kind.LOCK, "s", "v1", "T0", List.of("f"), List.of("g"));
  }

  private static LockCycle cycle(LockCycle.Status status, String... classes) {
    return new LockCycle(List.of(classes), status, "s", "v1");
  }

  private static LaidOutGraph layOut() {
    LockGraph graph =
        new LockGraph(
            "v2",
            List.of(NAMES),
            List.of(edge(0, 1), edge(0, 2), edge(1, 2), edge(2, 0), edge(2, 3), edge(4, 4)),
            List.of(
                cycle(LockCycle.Status.WITNESSED, NAMES[0], NAMES[1], NAMES[2]),
                cycle(LockCycle.Status.POSSIBLE, NAMES[0], NAMES[2])));
    return GraphLayout.of(graph, (scenario, schedule) -> scenario + " " + schedule);
  }

  @Test
  void boxesAreWithinTheDrawingAndApart() {
    LaidOutGraph graph = layOut();
    assertThat(graph.nodes()).extracting(LaidOutGraph.Node::name).containsExactly(NAMES);
    for (LaidOutGraph.Node one : graph.nodes()) {
      assertThat(one.x()).isNotNegative();
      assertThat(one.x() + one.width()).isLessThanOrEqualTo(graph.width());
      assertThat(one.y() + one.height()).isLessThanOrEqualTo(graph.height());
      for (LaidOutGraph.Node other : graph.nodes()) {
        boolean apart =
            one.equals(other)
                || one.x() + one.width() < other.x()
                || other.x() + other.width() < one.x()
                || one.y() + one.height() < other.y()
                || other.y() + other.height() < one.y();
        assertThat(apart).isTrue();
      }
    }
  }

  @Test
  void edgesBeginAndEndAtTheirBoxes() {
    LaidOutGraph graph = layOut();
    for (LaidOutGraph.Edge edge : graph.edges()) {
      List<Double> points = edge.points();
      assertThat(points.size()).isGreaterThanOrEqualTo(4).isEven();
      touches(graph.nodes().get(edge.from()), points.get(0), points.get(1));
      touches(
          graph.nodes().get(edge.to()),
          points.get(points.size() - 2),
          points.get(points.size() - 1));
    }
  }

  private static void touches(LaidOutGraph.Node box, double x, double y) {
    assertThat(x).isBetween(box.x() - 1, box.x() + box.width() + 1);
    assertThat(y).isBetween(box.y() - 1, box.y() + box.height() + 1);
  }

  @Test
  void anEdgeKnowsTheCyclesThatItIsIn() {
    assertThat(layOut().edges())
        .extracting(LaidOutGraph.Edge::cycle)
        .containsExactly("WITNESSED", "POSSIBLE", "WITNESSED", "WITNESSED", "", "");
    assertThat(layOut().cycles().get(0).nodes()).containsExactly(0, 1, 2);
  }

  @Test
  void theSameGraphIsLaidOutTheSame() {
    assertThat(Stream.generate(GraphLayoutTest::layOut).limit(3).distinct()).hasSize(1);
  }
}
