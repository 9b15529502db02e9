package dev.mmexit.generate;

import dev.mmexit.scenario.format.Scenario;
import dev.mmexit.scenario.format.ScenarioWriter;

/** Scenarios that were made, not read. */
final class Scenarios {
  private Scenarios() {}

  /** The same, from no file, and with what {@link ScenarioWriter} writes as its text. */
  static Scenario withOwnText(Scenario scenario) {
    return new Scenario(
        scenario.name(),
        scenario.description(),
        scenario.containers(),
        scenario.groups(),
        scenario.processes(),
        scenario.setup(),
        scenario.threads(),
        scenario.condition(),
        scenario.expectations(),
        scenario.memory(),
        scenario.fails(),
        null,
        ScenarioWriter.write(scenario));
  }
}
