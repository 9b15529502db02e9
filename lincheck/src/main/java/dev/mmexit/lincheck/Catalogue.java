package dev.mmexit.lincheck;

import dev.mmexit.scenario.format.ParseResult;
import dev.mmexit.scenario.format.Scenario;
import dev.mmexit.scenario.format.ScenarioParser;
import dev.mmexit.variant.Variants;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The scenarios of a directory and those below it. */
public final class Catalogue {
  private Catalogue() {}

  /**
   * All of them, by the names of their files.
   *
   * @throws UncheckedIOException where the directory cannot be read
   * @throws IllegalArgumentException where a file is no scenario
   */
  public static List<Scenario> in(Path directory) {
    try (Stream<Path> walk = Files.walk(directory)) {
      return walk.filter(file -> file.toString().endsWith(".litmus"))
          .sorted()
          .map(Catalogue::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The scenario of a name.
   *
   * @throws IllegalArgumentException where there is none
   */
  public static Scenario find(Path directory, String name) {
    return in(directory).stream()
        .filter(scenario -> scenario.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(directory + " has no scenario " + name));
  }

  private static Scenario read(Path file) {
    ParseResult result = ScenarioParser.parseFile(file, Variants.names());
    Scenario scenario = result.scenario();
    if (scenario == null) {
      throw new IllegalArgumentException(file + ": " + result.diagnostics());
    }
    return scenario;
  }
}
