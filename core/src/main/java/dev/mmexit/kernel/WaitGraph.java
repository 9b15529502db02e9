package dev.mmexit.kernel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who waits for whom, at one moment at which no context moves. An edge leads from a context that
 * waits to each of the {@link Cell#blockers} of what it waits on: lock owners, readers, and whoever
 * is expected to end the wait.
 */
public final class WaitGraph {
  private final List<Context> contexts;
  private final Map<Context, Context.Wait> waits = new LinkedHashMap<>();

  /**
   * The graph of now.
   *
   * @param contexts every context of the world that has not ended, in the order for reports
   */
  public WaitGraph(List<? extends Context> contexts) {
    this.contexts = List.copyOf(contexts);
    for (Context context : contexts) {
      Context.Wait wait = context.waiting();
      if (wait != null && !wait.cell().isEnabled(wait.op(), wait.argument(), context)) {
        waits.put(context, wait);
      }
    }
  }

  /** Whether nothing can ever happen again, though not all have ended. */
  public boolean isDeadlock() {
    return !contexts.isEmpty() && waits.size() == contexts.size();
  }

  /** A shortest cycle, each waiting for the next and the last for the first; empty for none. */
  public List<Context> cycle() {
    List<Context> shortest = List.of();
    for (Context start : waits.keySet()) {
      List<Context> found = cycleThrough(start);
      if (!found.isEmpty() && (shortest.isEmpty() || found.size() < shortest.size())) {
        shortest = found;
      }
    }
    return shortest;
  }

  /** The contexts that wait, and from which no edges lead to one that can run. */
  public List<Context> stuck() {
    return waits.keySet().stream()
        .filter(context -> reachable(context).stream().noneMatch(this::canRun))
        .toList();
  }

  /**
   * The cycle in words, such as {@code T1 holds iommu->lock and waits for mm_exit of bond D0-P0,
   * which T0 would end; T0 waits for iommu->lock}. Without a cycle, the same for all that are stuck
   * and for the ended contexts that they wait for.
   */
  public String describe() {
    List<Context> told = told();
    return told.stream().map(context -> clause(context, told)).collect(Collectors.joining("; "));
  }

  /** What an engine reports for a deadlock. */
  public KernelBug toBug() {
    Struct object =
        told().stream()
            .map(waits::get)
            .filter(Objects::nonNull)
            .map(wait -> wait.cell().struct())
            .findFirst()
            .orElse(null);
    return KernelBug.of(FindingKind.DEADLOCK, object, describe());
  }

  private List<Context> told() {
    List<Context> cycle = new ArrayList<>(cycle());
    if (cycle.isEmpty()) {
      Set<Context> all = new LinkedHashSet<>(stuck());
      List.copyOf(all).forEach(context -> all.addAll(blockers(context)));
      return List.copyOf(all);
    }
    // A holder comes first: that is where a reader starts.
    for (Context context : contexts) {
      int at = cycle.indexOf(context);
      if (at >= 0 && !held(context, cycle).isEmpty()) {
        Collections.rotate(cycle, -at);
        break;
      }
    }
    return cycle;
  }

  /** The other contexts to which {@code start} leads, nearest first, on a way back to it. */
  private List<Context> cycleThrough(Context start) {
    Map<Context, Context> cameFrom = new LinkedHashMap<>();
    Deque<Context> open = new ArrayDeque<>(List.of(start));
    while (!open.isEmpty()) {
      Context at = open.remove();
      for (Context next : blockers(at)) {
        if (next == start) {
          return way(at, cameFrom);
        }
        if (cameFrom.putIfAbsent(next, at) == null) {
          open.add(next);
        }
      }
    }
    return List.of();
  }

  private static List<Context> way(Context last, Map<Context, Context> cameFrom) {
    Deque<Context> way = new ArrayDeque<>();
    for (Context at = last; at != null; at = cameFrom.get(at)) {
      way.addFirst(at);
    }
    return List.copyOf(way);
  }

  private Set<Context> reachable(Context start) {
    Set<Context> seen = new LinkedHashSet<>();
    Deque<Context> open = new ArrayDeque<>(List.of(start));
    while (!open.isEmpty()) {
      for (Context next : blockers(open.remove())) {
        if (seen.add(next)) {
          open.add(next);
        }
      }
    }
    return seen;
  }

  private boolean canRun(Context context) {
    return contexts.contains(context) && !waits.containsKey(context);
  }

  private List<Context> blockers(Context context) {
    Context.Wait wait = waits.get(context);
    return wait == null ? List.of() : wait.cell().blockers(wait.op(), wait.argument(), context);
  }

  private String clause(Context context, List<Context> told) {
    List<String> does = new ArrayList<>(held(context, told));
    Context.Wait wait = waits.get(context);
    if (wait != null) {
      does.add("waits for " + awaited(wait, told) + (isHeld(wait) ? "" : ending(context)));
    } else if (!contexts.contains(context)) {
      does.add("has ended");
    }
    return context.name() + " " + String.join(" and ", does);
  }

  private String ending(Context context) {
    List<Context> expected = blockers(context);
    if (expected.isEmpty()) {
      return ", which nobody would end";
    }
    return ", which "
        + expected.stream()
            .map(other -> other == context ? "it" : other.name())
            .collect(Collectors.joining(" and "))
        + " would end";
  }

  /** What {@code context} does that one of {@code told} waits for. */
  private Set<String> held(Context context, List<Context> told) {
    Set<String> held = new LinkedHashSet<>();
    for (Context other : told) {
      Context.Wait wait = waits.get(other);
      if (wait != null && isHeld(wait) && blockers(other).contains(context)) {
        held.add(unambiguous(wait.cell().held(), wait, told));
      }
    }
    return held;
  }

  private String awaited(Context.Wait wait, List<Context> told) {
    return unambiguous(wait.cell().awaited(wait.op(), wait.argument()), wait, told);
  }

  /** Names the object where the waits are on two that C code would call the same. */
  private String unambiguous(String text, Context.Wait wait, List<Context> told) {
    Cell cell = wait.cell();
    String expression = cell.expression();
    boolean ambiguous =
        told.stream()
            .map(waits::get)
            .filter(Objects::nonNull)
            .map(Context.Wait::cell)
            .anyMatch(other -> other != cell && other.expression().equals(expression));
    return ambiguous ? text.replace(expression, cell.describe()) : text;
  }

  private static boolean isHeld(Context.Wait wait) {
    return !wait.cell().held().isEmpty();
  }
}
