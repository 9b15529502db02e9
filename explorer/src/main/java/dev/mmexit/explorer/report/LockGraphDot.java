package dev.mmexit.explorer.report;

import dev.mmexit.explorer.result.LockCycle;
import dev.mmexit.explorer.result.LockEdge;
import dev.mmexit.explorer.result.LockGraph;
import java.io.Writer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jgrapht.Graph;
import org.jgrapht.graph.DirectedPseudograph;
import org.jgrapht.nio.Attribute;
import org.jgrapht.nio.DefaultAttribute;
import org.jgrapht.nio.dot.DOTExporter;
import org.jspecify.annotations.Nullable;

/**
 * A lock-order graph for Graphviz: a node for each class, events round; an edge is named after the
 * scenario that shows it first. Bold edges are on a cycle: solid where it was witnessed, dashed
 * where it is possible.
 */
public final class LockGraphDot {
  private LockGraphDot() {}

  /** Writes the graph. The writer stays open. */
  public static void write(LockGraph graph, Writer writer) {
    Graph<String, LockEdge> drawn = new DirectedPseudograph<>(LockEdge.class);
    graph.classes().forEach(drawn::addVertex);
    for (LockEdge edge : graph.edges()) {
      drawn.addVertex(edge.from());
      drawn.addVertex(edge.to());
      drawn.addEdge(edge.from(), edge.to(), edge);
    }
    Map<List<String>, LockCycle.Status> onCycle = onCycle(graph);
    DOTExporter<String, LockEdge> exporter = new DOTExporter<>(LockGraphDot::quoted);
    exporter.setGraphIdProvider(() -> quoted("lock order of " + graph.variant()));
    exporter.setGraphAttributeProvider(() -> attributes("rankdir", "TB", "fontname", "monospace"));
    exporter.setVertexAttributeProvider(
        name -> attributes("shape", graph.events().contains(name) ? "ellipse" : "box"));
    exporter.setEdgeAttributeProvider(
        edge -> attributes(edge, onCycle.get(List.of(edge.from(), edge.to()))));
    exporter.exportGraph(drawn, writer);
  }

  private static Map<String, Attribute> attributes(
      LockEdge edge, LockCycle.@Nullable Status status) {
    Map<String, Attribute> attributes =
        attributes("label", edge.scenario(), "tooltip", String.join(" <- ", edge.toStack()));
    if (status != null) {
      boolean witnessed = status == LockCycle.Status.WITNESSED;
      attributes.putAll(
          attributes(
              "style", witnessed ? "bold" : "bold,dashed", "color", witnessed ? "red" : "orange"));
    }
    return attributes;
  }

  private static Map<String, Attribute> attributes(String... namesAndValues) {
    Map<String, Attribute> attributes = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      attributes.put(namesAndValues[i], DefaultAttribute.createAttribute(namesAndValues[i + 1]));
    }
    return attributes;
  }

  private static Map<List<String>, LockCycle.Status> onCycle(LockGraph graph) {
    Map<List<String>, LockCycle.Status> statuses = new HashMap<>();
    for (LockCycle cycle : graph.cycles()) {
      List<String> classes = cycle.classes();
      for (int i = 0; i < classes.size(); i++) {
        statuses.merge(
            List.of(classes.get(i), classes.get((i + 1) % classes.size())),
            cycle.status(),
            (one, other) -> one == LockCycle.Status.WITNESSED ? one : other);
      }
    }
    return statuses;
  }

  private static String quoted(String name) {
    String line = name.replaceAll("\\p{Cntrl}", "?");
    return '"' + line.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
