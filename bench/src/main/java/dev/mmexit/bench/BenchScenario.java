package dev.mmexit.bench;

import dev.mmexit.explorer.search.Bounds;
import dev.mmexit.explorer.search.Exploration;
import dev.mmexit.explorer.search.Explorer;
import dev.mmexit.explorer.search.Progress;
import dev.mmexit.scenario.Host;
import dev.mmexit.scenario.ScenarioWorld;
import dev.mmexit.scenario.format.ParseResult;
import dev.mmexit.scenario.format.Scenario;
import dev.mmexit.scenario.format.ScenarioParser;
import dev.mmexit.variant.Variant;
import dev.mmexit.variant.Variants;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.function.Function;

/** A scenario to be measured, with the code as posted. */
final class BenchScenario {
  private static final Variant VARIANT = Variants.find("v2").orElseThrow();

  private final Scenario scenario;

  /** A scenario that was read. */
  BenchScenario(String file, ParseResult result) throws IOException {
    Scenario read = result.scenario();
    if (read == null) {
      throw new IOException(file + " is no scenario: " + result.diagnostics());
    }
    scenario = read;
  }

  /** The scenario among the resources of this package. */
  static BenchScenario resource(String name) throws IOException {
    String file = name + ".litmus";
    try (InputStream text = BenchScenario.class.getResourceAsStream(file)) {
      if (text == null) {
        throw new FileNotFoundException(file);
      }
      return new BenchScenario(
          file, ScenarioParser.parse(file, text.readAllBytes(), Variants.names()));
    }
  }

  /** The scenario in {@code file}. */
  static BenchScenario file(Path file) throws IOException {
    return new BenchScenario(file.toString(), ScenarioParser.parseFile(file, Variants.names()));
  }

  String name() {
    return scenario.name();
  }

  /** How many threads race. */
  int threads() {
    return scenario.threads().size();
  }

  Exploration explore(Bounds bounds, int workers, boolean reduction) {
    return explore(bounds, workers, reduction, Progress.NONE);
  }

  Exploration explore(Bounds bounds, int workers, boolean reduction, Progress progress) {
    return new Explorer(world(), bounds, workers, reduction, progress).explore();
  }

  Function<Host, ScenarioWorld> world() {
    return host -> new ScenarioWorld(host, VARIANT, scenario);
  }
}
