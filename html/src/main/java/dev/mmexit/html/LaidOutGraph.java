package dev.mmexit.html;

import java.util.List;

/**
 * A lock-order graph with places for its nodes and edges.
 *
 * @param variant the variant explored
 * @param complete whether there can be no more edges
 * @param width of the drawing
 * @param height of the drawing
 * @param nodes the classes
 * @param edges the dependencies
 * @param cycles the cycles
 */
record LaidOutGraph(
    String variant,
    boolean complete,
    double width,
    double height,
    List<Node> nodes,
    List<Edge> edges,
    List<Cycle> cycles) {

  /** A lock or an event, with its box. */
  record Node(String name, boolean event, double x, double y, double width, double height) {}

  /**
   * A dependency.
   *
   * @param cycle {@code WITNESSED} or {@code POSSIBLE} where it is part of a cycle; else empty
   * @param command the command that replays the schedule that made it
   * @param points x and y of its start, of two control points for each further point, and of that
   *     point
   */
  record Edge(
      int from,
      int to,
      String kind,
      String cycle,
      String scenario,
      String command,
      String thread,
      List<String> fromStack,
      List<String> toStack,
      List<Double> points) {}

  /** A cycle, by the numbers of its classes in order. */
  record Cycle(List<Integer> nodes, String status, String scenario, String command) {}
}
