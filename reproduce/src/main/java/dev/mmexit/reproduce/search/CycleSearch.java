package dev.mmexit.reproduce.search;

import dev.mmexit.explorer.CheckerFacade;
import dev.mmexit.explorer.LockLearner;
import dev.mmexit.explorer.result.LockCycle;
import dev.mmexit.explorer.result.LockEdge;
import dev.mmexit.explorer.result.LockGraph;
import dev.mmexit.explorer.result.ScenarioResult;
import dev.mmexit.reproduce.match.Place;
import dev.mmexit.reproduce.match.Query;
import dev.mmexit.scenario.format.Scenario;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Looks for a circular dependency. Where no execution blocks in it, the order of locks that all
 * scenarios together show may still have the cycle, as in lockdep.
 */
final class CycleSearch {
  private final Query query;
  private final Budget budget;
  private final String variant;
  private final LockLearner learner;
  private final Map<String, Candidate> byName = new HashMap<>();

  CycleSearch(CheckerFacade checker, Query query, Budget budget, String variant) {
    this.query = query;
    this.budget = budget;
    this.variant = variant;
    this.learner = checker.learner(variant);
  }

  /** Returns whether all scenarios were visited. */
  boolean run(Iterator<Candidate> candidates, StageSearch.Visitor visitor) {
    while (candidates.hasNext()) {
      if (budget.isSpent()) {
        return false;
      }
      Candidate candidate = candidates.next();
      byName.put(candidate.scenario().name(), candidate);
      ScenarioResult result =
          learner.check(
              candidate.scenario(),
              budget.options(variant, budget.workers()),
              (states, executions, findings) -> {});
      if (!visitor.visit(candidate, result)) {
        return false;
      }
    }
    return true;
  }

  /** A cycle of the graph through the report's locks, taken where the report says. */
  Optional<Reproduction> possible() {
    TreeSet<String> wanted = new TreeSet<>();
    for (Place link : query.places()) {
      if (link.waitsFor() != null) {
        wanted.add(link.waitsFor());
      }
    }
    LockGraph graph = learner.graph();
    for (LockCycle cycle : graph.cycles()) {
      boolean same = wanted.equals(new TreeSet<>(cycle.classes()));
      Candidate shows = byName.get(cycle.scenario());
      if (same && shows != null && query.places().stream().allMatch(link -> has(graph, link))) {
        Scenario scenario = shows.scenario().scenario();
        return Optional.of(
            new Reproduction(scenario, shows.file(), null, null, cycle, List.of(), List.of()));
      }
    }
    return Optional.empty();
  }

  /** What the graph has of the report's dependencies, a sentence each. */
  List<String> dependencies() {
    List<String> sentences = new ArrayList<>();
    LockGraph graph = learner.graph();
    for (Place link : query.places()) {
      if (link.waitsFor() != null && !link.holds().isEmpty()) {
        String words = link.holds().get(0) + " -> " + link.waitsFor();
        sentences.add(
            edge(graph, link)
                .map(edge -> "The model has " + words + ": " + edge.scenario() + " shows it.")
                .orElse("Nothing that was searched shows " + words + "."));
      }
    }
    return sentences;
  }

  private static boolean has(LockGraph graph, Place link) {
    return link.waitsFor() == null
        || link.holds().isEmpty()
        || edge(graph, link)
            .filter(edge -> edge.toStack().containsAll(within(edge, link)))
            .isPresent();
  }

  /** The functions of a link up to the one by which the scenario enters. */
  private static List<String> within(LockEdge edge, Place link) {
    List<String> stack = edge.toStack();
    int entry = stack.isEmpty() ? -1 : link.functions().lastIndexOf(stack.get(stack.size() - 1));
    return entry < 0 ? link.functions() : link.functions().subList(0, entry + 1);
  }

  private static Optional<LockEdge> edge(LockGraph graph, Place link) {
    return graph.edges().stream()
        .filter(
            edge -> edge.from().equals(link.holds().get(0)) && edge.to().equals(link.waitsFor()))
        .findFirst();
  }
}
