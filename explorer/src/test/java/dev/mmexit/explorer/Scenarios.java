package dev.mmexit.explorer;

import dev.mmexit.scenario.Host;
import dev.mmexit.scenario.ScenarioWorld;
import dev.mmexit.scenario.World;
import dev.mmexit.scenario.format.Scenario;
import dev.mmexit.scenario.format.ScenarioParser;
import dev.mmexit.variant.Variant;
import dev.mmexit.variant.Variants;
import java.nio.file.Path;
import java.util.function.Function;

/** The scenarios of the catalogue, for tests. */
public final class Scenarios {
  private Scenarios() {}

  /** The file of the scenario {@code name}. */
  public static Path file(String name) {
    Path folder = Path.of("../scenarios");
    return name.startsWith("conf-")
        ? folder.resolve("conformance/" + name + ".litmus")
        : folder.resolve(name + ".litmus");
  }

  /** The worlds of the scenario {@code name} with the code as posted. */
  public static Function<Host, World> worlds(String name) {
    Scenario scenario = ScenarioParser.parseFile(file(name), Variants.names()).scenario();
    if (scenario == null) {
      throw new IllegalArgumentException(name + " cannot be read");
    }
    Variant variant = Variants.find("v2").orElseThrow();
    return host -> new ScenarioWorld(host, variant, scenario);
  }
}
