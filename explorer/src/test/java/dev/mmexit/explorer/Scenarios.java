package dev.mmexit.explorer;

import dev.mmexit.scenario.Host;
import dev.mmexit.scenario.ScenarioWorld;
import dev.mmexit.scenario.World;
import dev.mmexit.scenario.format.Scenario;
import dev.mmexit.scenario.format.ScenarioParser;
import dev.mmexit.variant.Variant;
import dev.mmexit.variant.Variants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

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

  /** The names of all scenarios, in order. */
  public static List<String> names() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("../scenarios"))) {
      return files
          .map(path -> path.getFileName().toString())
          .filter(name -> name.endsWith(".litmus"))
          .map(name -> name.replace(".litmus", ""))
          .sorted()
          .toList();
    }
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
