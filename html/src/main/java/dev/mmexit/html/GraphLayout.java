package dev.mmexit.html;

import dev.mmexit.explorer.result.LockCycle;
import dev.mmexit.explorer.result.LockEdge;
import dev.mmexit.explorer.result.LockGraph;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import org.eclipse.elk.alg.layered.options.LayeredMetaDataProvider;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.core.RecursiveGraphLayoutEngine;
import org.eclipse.elk.core.data.LayoutMetaDataService;
import org.eclipse.elk.core.math.ElkPadding;
import org.eclipse.elk.core.options.CoreOptions;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.util.BasicProgressMonitor;
import org.eclipse.elk.graph.ElkBendPoint;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkEdgeSection;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.util.ElkGraphUtil;

/** Finds places for the classes and dependencies of a lock-order graph, in layers. */
final class GraphLayout {
  /** The width of a letter of the monospaced face in which the page writes names. */
  private static final double LETTER = 7.9;

  private static final double PADDING = 14;
  private static final double HEIGHT = 34;
  private static final double NODE_DISTANCE = 34;
  private static final double LAYER_DISTANCE = 64;
  private static final double EDGE_DISTANCE = 14;

  private final LockGraph graph;
  private final BinaryOperator<String> command;
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<ElkNode> boxes = new ArrayList<>();

  private GraphLayout(LockGraph graph, BinaryOperator<String> command) {
    this.graph = graph;
    this.command = command;
  }

  /**
   * Lays {@code graph} out.
   *
   * @param command the command for a scenario and its schedule
   */
  static LaidOutGraph of(LockGraph graph, BinaryOperator<String> command) {
    return new GraphLayout(graph, command).layOut();
  }

  private LaidOutGraph layOut() {
    ElkNode root = ElkGraphUtil.createGraph();
    root.setProperty(CoreOptions.ALGORITHM, LayeredOptions.ALGORITHM_ID);
    root.setProperty(LayeredOptions.DIRECTION, Direction.DOWN);
    root.setProperty(LayeredOptions.EDGE_ROUTING, EdgeRouting.SPLINES);
    root.setProperty(LayeredOptions.SPACING_NODE_NODE, NODE_DISTANCE);
    root.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, LAYER_DISTANCE);
    root.setProperty(LayeredOptions.SPACING_EDGE_EDGE, EDGE_DISTANCE);
    root.setProperty(LayeredOptions.PADDING, new ElkPadding(PADDING));
    for (String name : names()) {
      ElkNode box = ElkGraphUtil.createNode(root);
      box.setDimensions(name.length() * LETTER + 2 * PADDING, HEIGHT);
      numbers.put(name, boxes.size());
      boxes.add(box);
    }
    List<ElkEdge> lines = new ArrayList<>();
    for (LockEdge edge : graph.edges()) {
      lines.add(ElkGraphUtil.createSimpleEdge(box(edge.from()), box(edge.to())));
    }
    LayoutMetaDataService.getInstance()
        .registerLayoutMetaDataProviders(new LayeredMetaDataProvider());
    new RecursiveGraphLayoutEngine().layout(root, new BasicProgressMonitor());
    return new LaidOutGraph(
        graph.variant(),
        graph.complete(),
        round(root.getWidth()),
        round(root.getHeight()),
        nodes(),
        edges(lines),
        graph.cycles().stream().map(this::cycle).toList());
  }

  /** The classes, and those that edges and cycles name besides. */
  private SortedSet<String> names() {
    SortedSet<String> names = new TreeSet<>(graph.classes());
    for (LockEdge edge : graph.edges()) {
      names.add(edge.from());
      names.add(edge.to());
    }
    graph.cycles().forEach(cycle -> names.addAll(cycle.classes()));
    return names;
  }

  private ElkNode box(String name) {
    return boxes.get(number(name));
  }

  private int number(String name) {
    return numbers.getOrDefault(name, 0);
  }

  private List<LaidOutGraph.Node> nodes() {
    List<LaidOutGraph.Node> nodes = new ArrayList<>();
    for (String name : names()) {
      ElkNode box = box(name);
      nodes.add(
          new LaidOutGraph.Node(
              name,
              graph.events().contains(name),
              round(box.getX()),
              round(box.getY()),
              round(box.getWidth()),
              round(box.getHeight())));
    }
    return nodes;
  }

  private List<LaidOutGraph.Edge> edges(List<ElkEdge> lines) {
    List<LaidOutGraph.Edge> edges = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      LockEdge edge = graph.edges().get(i);
      edges.add(
          new LaidOutGraph.Edge(
              number(edge.from()),
              number(edge.to()),
              edge.kind().label(),
              cycleOf(edge),
              edge.scenario(),
              command.apply(edge.scenario(), edge.schedule()),
              edge.thread(),
              edge.fromStack(),
              edge.toStack(),
              points(lines.get(i))));
    }
    return edges;
  }

  /** What is known of the cycles that {@code edge} is in: one that was seen counts for more. */
  private String cycleOf(LockEdge edge) {
    String found = "";
    for (LockCycle cycle : graph.cycles()) {
      int size = cycle.classes().size();
      for (int i = 0; i < size; i++) {
        if (cycle.classes().get(i).equals(edge.from())
            && cycle.classes().get((i + 1) % size).equals(edge.to())) {
          if (cycle.status() == LockCycle.Status.WITNESSED) {
            return cycle.status().name();
          }
          found = cycle.status().name();
        }
      }
    }
    return found;
  }

  private LaidOutGraph.Cycle cycle(LockCycle cycle) {
    return new LaidOutGraph.Cycle(
        cycle.classes().stream().map(this::number).toList(),
        cycle.status().name(),
        cycle.scenario(),
        command.apply(cycle.scenario(), cycle.schedule()));
  }

  private static List<Double> points(ElkEdge line) {
    List<Double> points = new ArrayList<>();
    for (ElkEdgeSection section : line.getSections()) {
      points.add(round(section.getStartX()));
      points.add(round(section.getStartY()));
      for (ElkBendPoint bend : section.getBendPoints()) {
        points.add(round(bend.getX()));
        points.add(round(bend.getY()));
      }
      points.add(round(section.getEndX()));
      points.add(round(section.getEndY()));
    }
    return points;
  }

  private static double round(double length) {
    return Math.round(length * 10) / 10.0;
  }
}
