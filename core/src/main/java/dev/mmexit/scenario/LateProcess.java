package dev.mmexit.scenario;

import dev.mmexit.scenario.format.Operation;
import dev.mmexit.scenario.format.ProcessDecl;
import dev.mmexit.scenario.format.Scenario;
import dev.mmexit.scenario.format.Step;
import dev.mmexit.scenario.format.ThreadDecl;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A process that a {@code fork} or {@code clone} makes.
 *
 * @param pid the lowest free one
 */
record LateProcess(String name, int pid) {
  private static final int FIRST_PID = 100;

  /** All of a scenario: first those of the set-up, then those of each thread. */
  static List<LateProcess> of(Scenario scenario) {
    Set<Integer> taken = new HashSet<>();
    for (ProcessDecl process : scenario.processes()) {
      taken.add(process.pid());
    }
    List<LateProcess> late = new ArrayList<>();
    int pid = FIRST_PID;
    for (Step step : steps(scenario)) {
      String name = made(step);
      if (name != null) {
        while (!taken.add(pid)) {
          pid++;
        }
        late.add(new LateProcess(name, pid));
      }
    }
    return late;
  }

  /** Every step: those of the set-up, then those of each thread. */
  static List<Step> steps(Scenario scenario) {
    List<Step> steps = new ArrayList<>(scenario.setup());
    for (ThreadDecl thread : scenario.threads()) {
      steps.addAll(thread.steps());
    }
    return steps;
  }

  private static @Nullable String made(Step step) {
    if (step.operation() instanceof Operation.Fork fork) {
      return fork.child();
    }
    return step.operation() instanceof Operation.CloneVm clone ? clone.task() : null;
  }
}
