package dev.mmexit.generate;

import dev.mmexit.scenario.format.Scenario;
import dev.mmexit.scenario.format.Step;
import dev.mmexit.scenario.format.ThreadDecl;
import java.util.ArrayList;
import java.util.List;

/** Scenarios whose final states tell what each operation returned. */
public final class Registers {
  private Registers() {}

  /** The same scenario, with a register for each operation of its threads that has none. */
  public static Scenario added(Scenario scenario) {
    List<ThreadDecl> threads = new ArrayList<>();
    for (ThreadDecl thread : scenario.threads()) {
      threads.add(new ThreadDecl(thread.name(), kept(thread.steps()), thread.position()));
    }
    return Scenarios.withOwnText(
        new Scenario(
            scenario.name(),
            scenario.description(),
            scenario.containers(),
            scenario.groups(),
            scenario.processes(),
            scenario.setup(),
            threads,
            scenario.condition(),
            scenario.expectations(),
            scenario.memory(),
            scenario.fails(),
            null,
            scenario.sourceText()));
  }

  private static List<Step> kept(List<Step> steps) {
    List<String> taken = steps.stream().map(Step::register).map(String::valueOf).toList();
    List<Step> kept = new ArrayList<>();
    int next = 0;
    for (Step step : steps) {
      if (step.register() != null) {
        kept.add(step);
        continue;
      }
      while (taken.contains("r" + next)) {
        next++;
      }
      kept.add(Step.of(step.operation(), "r" + next, step.position()));
      next++;
    }
    return kept;
  }
}
