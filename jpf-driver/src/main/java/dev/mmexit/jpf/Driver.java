package dev.mmexit.jpf;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.FindingKind;
import dev.mmexit.kernel.Struct;
import dev.mmexit.kernel.threads.RunResult;
import dev.mmexit.kernel.threads.ThreadEngine;
import dev.mmexit.scenario.AtRest;
import dev.mmexit.scenario.Host;
import dev.mmexit.scenario.ScenarioWorld;
import dev.mmexit.scenario.Violation;
import dev.mmexit.scenario.format.Scenario;
import dev.mmexit.variant.Variant;
import java.util.List;

/**
 * Runs a scenario once, from its set-up to the properties at its end: the program that Java
 * PathFinder is given, whose {@code main} a {@link ProgramWriter} writes.
 */
public final class Driver implements Host {
  private final Scheduler scheduler;
  private final DriverHarness harness;
  private final ThreadEngine engine;
  private final ScenarioWorld world;

  /** Builds the world of a scenario and carries out its set-up. */
  Driver(Variant variant, Scenario scenario, Scheduler scheduler) {
    this.scheduler = scheduler;
    harness = new DriverHarness(scheduler);
    engine = new ThreadEngine(harness);
    world = new ScenarioWorld(this, variant, scenario);
  }

  /** Runs a scenario under Java PathFinder. */
  public static void run(Variant variant, Scenario scenario) {
    new Driver(variant, scenario, new PathFinder()).run();
  }

  /** Runs the threads, and checks what must hold once they have ended. */
  void run() {
    List<String> names = world.threads();
    engine.enlist(names);
    harness.endSetUp(() -> engine.current().canonicalHash());
    for (int i = 0; i < names.size(); i++) {
      int thread = i;
      harness.start(names.get(i), () -> perform(names.get(thread), thread));
    }
    harness.join();
    end();
  }

  private void perform(String name, int thread) {
    engine.perform(
        name,
        () -> {
          world.run(thread, operation -> {});
          return 0;
        });
  }

  private void end() {
    RunResult result = engine.result();
    result.warnings().forEach(warning -> scheduler.found(FindingKind.WARNING.label(), warning));
    AtRest rest = world.atRest();
    for (Violation violation : rest.violations()) {
      scheduler.found(violation.kind().label(), violation.sentence());
    }
    scheduler.ended(
        rest.state().registers() + " " + rest.state().facts(), rest.state().satisfies());
  }

  @Override
  public Engine engine() {
    return engine;
  }

  @Override
  public void settle() {
    while (harness.idle()) {
      // Whatever was left behind has had its turn.
    }
  }

  @Override
  public List<Struct> structs() {
    return harness.structs();
  }
}
