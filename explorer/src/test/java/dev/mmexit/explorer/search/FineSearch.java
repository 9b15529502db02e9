package dev.mmexit.explorer.search;

import dev.mmexit.explorer.engine.Choice;
import dev.mmexit.explorer.engine.ControlledContext;
import dev.mmexit.explorer.engine.ControlledEngine;
import dev.mmexit.explorer.engine.Granularity;
import dev.mmexit.explorer.engine.Sharing;
import dev.mmexit.kernel.KernelBug;
import dev.mmexit.scenario.AtRest;
import dev.mmexit.scenario.FinalState;
import dev.mmexit.scenario.Host;
import dev.mmexit.scenario.World;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A second search, as plain as can be: it switches contexts at every operation, stops at states
 * that it has seen, and knows nothing of what is shared. It finds what {@link Explorer} finds, but
 * for data races, which it does not look for.
 */
final class FineSearch {
  private final Instance instance;
  private final Set<List<Long>> seen = new HashSet<>();
  private final Set<Key> findings = new TreeSet<>();
  private final Set<FinalState> finalStates = new HashSet<>();
  private final List<Byte> path = new ArrayList<>();
  private final List<List<Byte>> untried = new ArrayList<>();
  private final int maxStates;
  private int depth;

  private FineSearch(Instance instance, int maxStates) {
    this.instance = instance;
    this.maxStates = maxStates;
  }

  /**
   * What was found.
   *
   * @param complete whether there are no more states than asked for
   */
  record Result(boolean complete, int states, Set<Key> findings, Set<FinalState> finalStates) {}

  static Result explore(
      Function<Host, ? extends World> worlds, Granularity granularity, int maxStates) {
    try (Instance instance = new Instance(worlds, granularity, new Sharing())) {
      FineSearch search = new FineSearch(instance, maxStates);
      instance
          .engine()
          .onWarning(
              (object, sentence) ->
                  search.findings.add(Places.warning(object, sentence, instance.engine())));
      boolean complete = search.run();
      return new Result(complete, search.seen.size(), search.findings, search.finalStates);
    }
  }

  private boolean run() {
    do {
      depth = 0;
      KernelBug bug = instance.execute(this::choose);
      if (bug != null) {
        findings.add(Places.of(bug, instance.engine()));
      }
      if (seen.size() > maxStates) {
        return false;
      }
    } while (backtrack());
    return true;
  }

  private @Nullable ControlledContext choose(
      ControlledEngine engine, @Nullable ControlledContext last) {
    if (depth < path.size()) {
      return Choice.take(engine, path.get(depth++));
    }
    if (!seen.add(List.of(engine.fingerprint0(), engine.fingerprint1()))) {
      return null;
    }
    List<Byte> enabled = new ArrayList<>();
    for (ControlledContext context : engine.contexts()) {
      if (context.isEnabled()) {
        enabled.add(Choice.of(context));
        // Others may go first here, which the explorer takes to make no difference.
        if (context.isChoosing()) {
          enabled.add(Choice.failing(context));
        }
      }
    }
    if (enabled.isEmpty()) {
      end(engine);
      return null;
    }
    byte first = enabled.remove(0);
    path.add(first);
    untried.add(enabled);
    depth++;
    return Choice.take(engine, first);
  }

  private void end(ControlledEngine engine) {
    if (!engine.contexts().stream().allMatch(ControlledContext::isFinished)) {
      findings.add(Places.deadlock(engine));
      return;
    }
    AtRest rest = instance.world().atRest();
    finalStates.add(rest.state());
    rest.violations()
        .forEach(violation -> findings.add(new Key(violation.kind(), violation.sentence())));
  }

  private boolean backtrack() {
    while (!path.isEmpty()) {
      int top = path.size() - 1;
      path.remove(top);
      if (!untried.get(top).isEmpty()) {
        path.add(untried.get(top).remove(0));
        return true;
      }
      untried.remove(top);
    }
    return false;
  }
}
