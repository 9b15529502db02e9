package dev.mmexit.explorer.report;

import dev.mmexit.explorer.result.HeldInFunction;
import dev.mmexit.explorer.result.LockCycle;
import dev.mmexit.explorer.result.LockEdge;
import dev.mmexit.explorer.result.LockGraph;
import dev.mmexit.explorer.result.Tool;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A lock-order graph as text: its edges, and a report in the sentences of lockdep for each cycle.
 * Only a cycle that an execution was seen to block in is called a deadlock.
 */
public final class LockdepText {
  private static final String STACK = "       ";
  private static final String FUNCTION = "              ";

  private final Style style;
  private final int width;
  private final Tool tool;

  /** Reports of the usual width that name {@code tool} as what made them. */
  public LockdepText(Style style, Tool tool) {
    this(style, tool, TextReport.WIDTH);
  }

  LockdepText(Style style, Tool tool, int width) {
    this.style = style;
    this.tool = tool;
    this.width = width;
  }

  /** Everything: the edges, the cycles, and the counts. */
  public String of(LockGraph graph) {
    return edges(graph) + "\n" + cycles(graph) + closing(graph);
  }

  /** What is taken or waited for while what is held, a paragraph for each that is held. */
  public String edges(LockGraph graph) {
    Page page = new Page(width);
    page.line(style.bold("Lock order of " + graph.variant()));
    Map<String, List<String>> behind = new TreeMap<>();
    for (LockEdge edge : graph.edges()) {
      behind.computeIfAbsent(edge.from(), unknown -> new ArrayList<>()).add(edge.to());
    }
    behind.forEach(
        (from, to) -> page.wrapped("  ", "      ", from + " -> " + String.join(", ", to)));
    List<String> alone = new ArrayList<>(graph.classes());
    graph.edges().forEach(edge -> alone.removeAll(List.of(edge.from(), edge.to())));
    if (!alone.isEmpty()) {
      page.wrapped("  ", "      ", "alone: " + String.join(", ", alone));
    }
    if (!graph.events().isEmpty()) {
      page.wrapped("  ", "      ", "events: " + String.join(", ", graph.events()));
    }
    return page.toString();
  }

  /**
   * What is held where functions are called, a line for each function: in brackets what only some
   * callers hold.
   */
  public String held(LockGraph graph) {
    Page page = new Page(width);
    page.line(style.bold("Held where functions of " + graph.variant() + " are called"));
    for (HeldInFunction function : graph.functions()) {
      List<String> held = new ArrayList<>(function.always());
      function.sometimes().forEach(name -> held.add("[" + name + "]"));
      String names = held.isEmpty() ? "nothing" : String.join(", ", held);
      page.wrapped("  ", "      ", function.function() + ": " + names);
    }
    return page.toString();
  }

  /** The reports of all cycles. */
  public String cycles(LockGraph graph) {
    Page page = new Page(width);
    for (LockCycle cycle : graph.cycles()) {
      cycle(graph, cycle, page);
    }
    return page.toString();
  }

  /** The counts, and what they leave open. */
  public String closing(LockGraph graph) {
    Page page = new Page(width);
    long witnessed = count(graph, LockCycle.Status.WITNESSED);
    long possible = count(graph, LockCycle.Status.POSSIBLE);
    String deadlocks = witnessed + " witnessed";
    String open = possible + " possible";
    page.line(
        String.format(
            "%s: %s, %s, %s; cycles: %s, %s",
            graph.variant(),
            counted(graph.classes().size(), "class", "classes"),
            counted(graph.events().size(), "event", "events"),
            counted(graph.edges().size(), "edge", "edges"),
            witnessed > 0 ? style.red(deadlocks) : deadlocks,
            possible > 0 ? style.yellow(open) : open));
    if (!graph.complete()) {
      page.line(style.yellow("INCOMPLETE: a bound was reached, so that edges may be missing"));
    }
    return page.toString();
  }

  private static String counted(int number, String one, String more) {
    return number + " " + (number == 1 ? one : more);
  }

  private static long count(LockGraph graph, LockCycle.Status status) {
    return graph.cycles().stream().filter(cycle -> cycle.status() == status).count();
  }

  private void cycle(LockGraph graph, LockCycle cycle, Page page) {
    boolean deadlock = cycle.status() == LockCycle.Status.WITNESSED;
    List<LockEdge> edges = edges(graph, cycle);
    boolean recursive = cycle.classes().size() == 1;
    String what = recursive ? "recursive locking" : "circular locking dependency";
    String warning =
        deadlock
            ? "WARNING: " + what + " detected, which is a deadlock"
            : "WARNING: possible " + what + " detected";
    page.line("=".repeat(warning.length()));
    page.line(deadlock ? style.red(warning) : style.yellow(warning));
    page.line(tool.name() + " " + tool.version() + ", model of variant " + graph.variant());
    page.line("-".repeat(warning.length()));
    Set<String> events = new HashSet<>(graph.events());
    if (edges.size() == cycle.classes().size()) {
      splat(edges, events, recursive, page);
      page.line(" Possible unsafe locking scenario:");
      page.line("");
      scenario(edges, events, page);
      page.line("");
    }
    outcome(cycle, deadlock, page);
  }

  private void outcome(LockCycle cycle, boolean deadlock, Page page) {
    if (deadlock) {
      page.line(" " + style.red("*** DEADLOCK ***"));
      page.line("");
      page.wrapped("", "    ", "executed in " + cycle.scenario() + ", where it blocks:");
    } else {
      page.wrapped(
          " ",
          "     ",
          "No execution was seen to block in this: it is possible, as far as locks tell.");
      page.line("");
      page.wrapped("", "    ", "the last dependency of the cycle is made in " + cycle.scenario());
    }
    page.line("schedule: " + cycle.schedule());
    page.line("");
  }

  /** The edges of a cycle, the one that leaves its first class first. */
  private static List<LockEdge> edges(LockGraph graph, LockCycle cycle) {
    List<LockEdge> edges = new ArrayList<>();
    List<String> classes = cycle.classes();
    for (int i = 0; i < classes.size(); i++) {
      String from = classes.get(i);
      String to = classes.get((i + 1) % classes.size());
      graph.edges().stream()
          .filter(edge -> edge.from().equals(from) && edge.to().equals(to))
          .forEach(edges::add);
    }
    return edges;
  }

  private void splat(List<LockEdge> edges, Set<String> events, boolean recursive, Page page) {
    LockEdge last = edges.get(edges.size() - 1);
    boolean waits = events.contains(last.to());
    page.line(last.thread() + (waits ? " is waiting for:" : " is trying to acquire lock:"));
    page.line(" (" + last.to() + "), at: " + innermost(last.toStack()));
    page.line("");
    page.line(
        events.contains(last.from())
            ? "but now in release context of an event that others wait for:"
            : "but task is already holding lock:");
    page.line(" (" + last.from() + "), at: " + innermost(last.fromStack()));
    page.line("");
    if (!recursive) {
      page.line("which lock already depends on the new lock.");
      page.line("");
      page.line("");
      page.line("the existing dependency chain (in reverse order) is:");
      for (int i = edges.size() - 1; i > 0; i--) {
        chained(i, edges.get(i - 1), events, page);
      }
      chained(0, last, events, page);
      page.line("");
    }
    page.line("other info that might help us debug this:");
    page.line("");
    page.line(
        "the stack in which "
            + last.from()
            + (events.contains(last.from()) ? " began to be owed:" : " was taken:"));
    last.fromStack().forEach(function -> page.line(STACK + function));
    page.line("");
  }

  private static String innermost(List<String> stack) {
    return stack.isEmpty() ? "?" : stack.get(0);
  }

  /** One link: how the class it leads to was taken by somebody who held the one before. */
  private void chained(int number, LockEdge edge, Set<String> events, Page page) {
    page.line("");
    page.line("-> #" + number + " (" + edge.to() + "):");
    page.wrapped(
        STACK,
        FUNCTION,
        edge.thread()
            + " in "
            + edge.scenario()
            + ", "
            + (events.contains(edge.to()) ? "waits for it " : "takes it ")
            + (events.contains(edge.from()) ? "before it ends " : "while it holds ")
            + edge.from());
    edge.toStack().forEach(function -> page.line(STACK + function));
  }

  /** Who holds what, and then who waits for what: a column for each. */
  private void scenario(List<LockEdge> edges, Set<String> events, Page page) {
    List<String> first = new ArrayList<>();
    List<String> then = new ArrayList<>();
    // The one that is told first closes the cycle, as lockdep has it.
    for (int i = edges.size() - 1; i >= 0; i--) {
      LockEdge edge = edges.get(i);
      first.add((events.contains(edge.from()) ? "owes(" : "lock(") + edge.from() + ");");
      then.add((events.contains(edge.to()) ? "wait_for(" : "lock(") + edge.to() + ");");
    }
    int column = 2;
    for (int i = 0; i < first.size(); i++) {
      column = Math.max(column, Math.max(first.get(i).length(), then.get(i).length()) + 2);
    }
    if (column * first.size() > width) {
      for (int i = 0; i < first.size(); i++) {
        page.line("  CPU" + i + ": " + first.get(i));
      }
      for (int i = 0; i < first.size(); i++) {
        page.line("  CPU" + i + ": " + then.get(i));
      }
      return;
    }
    StringBuilder heads = new StringBuilder();
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < first.size(); i++) {
      heads.append(padded("     CPU" + i, column));
      lines.append(padded("     ----", column));
    }
    page.line("  " + heads.toString().stripTrailing());
    page.line("  " + lines.toString().stripTrailing());
    for (int i = 0; i < first.size(); i++) {
      page.line("  " + " ".repeat(i * column) + first.get(i));
    }
    for (int i = 0; i < then.size(); i++) {
      page.line("  " + " ".repeat(i * column) + then.get(i));
    }
  }

  private static String padded(String text, int column) {
    return text + " ".repeat(Math.max(0, column - text.length()));
  }
}
