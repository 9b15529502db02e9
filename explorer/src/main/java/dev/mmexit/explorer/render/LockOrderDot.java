package dev.mmexit.explorer.render;

import dev.mmexit.explorer.result.LockCycle;
import dev.mmexit.explorer.result.LockEdge;
import dev.mmexit.explorer.result.LockGraph;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Lock-order graphs: an edge between locks is solid, one from or to an event dashed. What is in a
 * cycle that was witnessed is bold and says so; what is in a possible one says that.
 */
final class LockOrderDot {
  private final Dot dot = new Dot();

  String draw(List<LockGraph> graphs) {
    dot.open("digraph lock_order");
    dot.item("node", Map.of("shape", "box", "fontname", Dot.quote("monospace")));
    dot.item("edge", Map.of("fontname", Dot.quote("sans-serif"), "fontsize", "10"));
    for (int i = 0; i < graphs.size(); i++) {
      dot.open("subgraph cluster_" + i);
      dot.line("label=" + Dot.quote("lock order of " + graphs.get(i).variant()) + ";");
      graph(graphs.get(i), "g" + i + " ");
      dot.close();
    }
    return dot.close().toString();
  }

  private void graph(LockGraph graph, String prefix) {
    for (String name : graph.classes()) {
      dot.item(Dot.quote(prefix + name), Map.of("label", Dot.quote(name)));
    }
    for (LockEdge edge : graph.edges()) {
      LockCycle.Status cycle = cycle(graph, edge);
      Map<String, String> attributes = new TreeMap<>();
      attributes.put("label", Dot.quote(label(edge, cycle)));
      attributes.put("tooltip", Dot.quote(edge.thread() + " in " + edge.scenario()));
      attributes.put("style", style(edge.kind() == LockEdge.Kind.EVENT, cycle));
      if (cycle != null) {
        attributes.put("color", cycle == LockCycle.Status.WITNESSED ? "red" : "orange");
      }
      String ends = Dot.quote(prefix + edge.from()) + " -> " + Dot.quote(prefix + edge.to());
      dot.item(ends, attributes);
    }
  }

  private static String label(LockEdge edge, LockCycle.@Nullable Status cycle) {
    String where = edge.toStack().isEmpty() ? edge.scenario() : edge.toStack().get(0);
    return cycle == null ? where : where + "\n" + cycle;
  }

  private static String style(boolean event, LockCycle.@Nullable Status cycle) {
    String line = event ? "dashed" : "solid";
    return cycle == LockCycle.Status.WITNESSED ? Dot.quote(line + ",bold") : line;
  }

  /** The status of the cycle that the edge is in, the witnessed first; null where it is in none. */
  private static LockCycle.@Nullable Status cycle(LockGraph graph, LockEdge edge) {
    LockCycle.Status status = null;
    for (LockCycle cycle : graph.cycles()) {
      int from = cycle.classes().indexOf(edge.from());
      boolean inside =
          from >= 0 && cycle.classes().get((from + 1) % cycle.classes().size()).equals(edge.to());
      if (inside && (status == null || cycle.status() == LockCycle.Status.WITNESSED)) {
        status = cycle.status();
      }
    }
    return status;
  }
}
