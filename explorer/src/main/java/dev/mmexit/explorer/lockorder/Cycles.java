package dev.mmexit.explorer.lockorder;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jgrapht.Graph;
import org.jgrapht.GraphPath;
import org.jgrapht.alg.cycle.JohnsonSimpleCycles;
import org.jgrapht.alg.shortestpath.BFSShortestPath;
import org.jgrapht.graph.DefaultDirectedGraph;

/** The cycles of a lock-order graph, over names of classes. */
final class Cycles {
  /** With more cycles than this only the shortest through each edge are of interest. */
  static final int MOST = 1000;

  private static final Comparator<List<String>> ORDER =
      Comparator.<List<String>>comparingInt(List::size).thenComparing(Object::toString);

  private Cycles() {}

  /**
   * The cycles through no class twice, the short ones first, each {@link #canonical}. Where there
   * are more than {@link #MOST}: for each edge the shortest through it, as lockdep looks for them.
   */
  static List<List<String>> of(Collection<Dependency> edges) {
    Graph<String, Dependency> graph = new DefaultDirectedGraph<>(Dependency.class);
    Set<List<String>> cycles = new LinkedHashSet<>();
    for (Dependency edge : edges) {
      String from = edge.from().name();
      String to = edge.to().name();
      if (from.equals(to)) {
        cycles.add(List.of(from));
        continue;
      }
      graph.addVertex(from);
      graph.addVertex(to);
      graph.addEdge(from, to, edge);
    }
    cycles.addAll(elementary(graph));
    return sorted(cycles);
  }

  /** The short ones first. */
  static List<List<String>> sorted(Collection<List<String>> cycles) {
    return cycles.stream().sorted(ORDER).toList();
  }

  private static Set<List<String>> elementary(Graph<String, Dependency> graph) {
    Set<List<String>> cycles = new LinkedHashSet<>();
    try {
      new JohnsonSimpleCycles<>(graph)
          .findSimpleCycles(
              cycle -> {
                cycles.add(canonical(cycle));
                if (cycles.size() > MOST) {
                  throw new TooMany();
                }
              });
      return cycles;
    } catch (TooMany tooMany) {
      return shortest(graph);
    }
  }

  private static Set<List<String>> shortest(Graph<String, Dependency> graph) {
    Set<List<String>> cycles = new LinkedHashSet<>();
    for (Dependency edge : graph.edgeSet()) {
      GraphPath<String, Dependency> back =
          BFSShortestPath.findPathBetween(
              graph, graph.getEdgeTarget(edge), graph.getEdgeSource(edge));
      if (back != null) {
        cycles.add(canonical(back.getVertexList()));
      }
    }
    return cycles;
  }

  /** The same cycle, told from its first class by name, and once where it goes round twice. */
  static List<String> canonical(List<String> cycle) {
    List<String> best = cycle;
    for (int i = 1; i < cycle.size(); i++) {
      List<String> turned = new ArrayList<>(cycle);
      Collections.rotate(turned, -i);
      if (turned.equals(cycle)) {
        return canonical(cycle.subList(0, i));
      }
      if (turned.toString().compareTo(best.toString()) < 0) {
        best = turned;
      }
    }
    return List.copyOf(best);
  }

  /** There is no end of cycles. */
  private static final class TooMany extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooMany() {
      super(null, null, false, false);
    }
  }
}
