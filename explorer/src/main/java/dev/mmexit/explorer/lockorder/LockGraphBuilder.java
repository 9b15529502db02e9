package dev.mmexit.explorer.lockorder;

import dev.mmexit.explorer.engine.LockClass;
import dev.mmexit.explorer.engine.LockTaking;
import dev.mmexit.explorer.result.HeldInFunction;
import dev.mmexit.explorer.result.LockCycle;
import dev.mmexit.explorer.result.LockEdge;
import dev.mmexit.explorer.result.LockGraph;
import dev.mmexit.explorer.search.LockOrder;
import dev.mmexit.explorer.search.Schedule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Puts the lock-order graph of one variant together, from one scenario after the other. The first
 * scenario that shows an edge or a deadlock is the one that is told.
 */
public final class LockGraphBuilder {
  private final String variant;
  private final SortedSet<LockClass> classes = new TreeSet<>();
  private final Set<LockClass> exclusive = new HashSet<>();
  private final SortedMap<Dependency, LockEdge> edges = new TreeMap<>();

  /** For each edge the locks that were held whenever it was made, of which there is only one. */
  private final Map<Dependency, Set<LockClass>> gates = new TreeMap<>();

  private final Map<List<String>, LockCycle> witnessed = new LinkedHashMap<>();

  /** For each function what was held whenever it was called, and what at all. */
  private final SortedMap<String, SortedSet<String>> always = new TreeMap<>();

  private final SortedMap<String, SortedSet<String>> ever = new TreeMap<>();
  private boolean complete = true;

  /** An empty graph. */
  public LockGraphBuilder(String variant) {
    this.variant = variant;
  }

  /** Finds out how an edge is made. */
  @FunctionalInterface
  public interface Witness {
    /** Follows {@code schedule} to the place where {@code edge} is made. */
    LockEdge show(Dependency edge, Schedule schedule);
  }

  /** Adds what one exploration has met, and whether that is all there is. */
  public void add(LockOrder order, boolean explored, Witness witness) {
    complete &= explored;
    classes.addAll(order.classes());
    exclusive.addAll(order.exclusive());
    order.entries().forEach((function, sets) -> sets.forEach(held -> addCall(function, held)));
    for (Map.Entry<LockTaking, Schedule> taken : order.takings().entrySet()) {
      for (Dependency edge : Dependency.of(taken.getKey())) {
        List<LockClass> held = edge.gates(taken.getKey());
        gates.computeIfAbsent(edge, unknown -> new TreeSet<>(held)).retainAll(held);
        if (!edges.containsKey(edge)) {
          edges.put(edge, witness.show(edge, taken.getValue()));
        }
      }
    }
  }

  private void addCall(String function, Set<LockClass> held) {
    List<String> names = held.stream().map(LockClass::name).toList();
    always.computeIfAbsent(function, unknown -> new TreeSet<>(names)).retainAll(names);
    ever.computeIfAbsent(function, unknown -> new TreeSet<>()).addAll(names);
  }

  private List<HeldInFunction> functions() {
    List<HeldInFunction> functions = new ArrayList<>();
    ever.forEach(
        (function, names) -> {
          SortedSet<String> there = always.getOrDefault(function, new TreeSet<>());
          List<String> sometimes = names.stream().filter(name -> !there.contains(name)).toList();
          functions.add(new HeldInFunction(function, List.copyOf(there), sometimes));
        });
    return functions;
  }

  /**
   * Adds a deadlock.
   *
   * @param waits what each of its contexts waits for, which the next one holds
   * @param schedule what leads to it, in {@code scenario}
   */
  public void addDeadlock(List<LockClass> waits, String scenario, String schedule) {
    List<String> cycle = Cycles.canonical(waits.stream().map(LockClass::name).toList());
    witnessed.putIfAbsent(
        cycle, new LockCycle(cycle, LockCycle.Status.WITNESSED, scenario, schedule));
  }

  /** The graph of all that was added. */
  public LockGraph graph() {
    return new LockGraph(
        variant,
        complete,
        classes.stream().map(LockClass::name).toList(),
        classes.stream().filter(LockClass::event).map(LockClass::name).toList(),
        List.copyOf(edges.values()),
        cycles(),
        functions());
  }

  private List<LockCycle> cycles() {
    List<LockCycle> cycles = new ArrayList<>();
    for (List<String> cycle : Cycles.sorted(witnessed.keySet())) {
      cycles.add(witnessed.get(cycle));
    }
    // Of a class that is only ever taken for reading nobody waits for anybody.
    List<Dependency> waits =
        edges.keySet().stream().filter(edge -> exclusive.contains(edge.to())).toList();
    for (List<String> cycle : Cycles.of(waits)) {
      if (!witnessed.containsKey(cycle) && commonGates(cycle).isEmpty()) {
        LockEdge last = edge(cycle.get(cycle.size() - 1), cycle.get(0));
        cycles.add(
            new LockCycle(cycle, LockCycle.Status.POSSIBLE, last.scenario(), last.schedule()));
      }
    }
    return cycles;
  }

  /** Locks of which there is one and that all who make the edges of a cycle hold: one at a time. */
  private Set<LockClass> commonGates(List<String> cycle) {
    Set<LockClass> common = new TreeSet<>(classes);
    for (int i = 0; i < cycle.size(); i++) {
      String from = cycle.get(i);
      String to = cycle.get((i + 1) % cycle.size());
      gates.forEach(
          (edge, held) -> {
            if (edge.from().name().equals(from) && edge.to().name().equals(to)) {
              common.retainAll(held);
            }
          });
    }
    return common;
  }

  private LockEdge edge(String from, String to) {
    return edges.values().stream()
        .filter(edge -> edge.from().equals(from) && edge.to().equals(to))
        .findFirst()
        .orElseThrow();
  }
}
