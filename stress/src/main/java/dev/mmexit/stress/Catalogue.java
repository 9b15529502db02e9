package dev.mmexit.stress;

import dev.mmexit.scenario.format.ParseResult;
import dev.mmexit.scenario.format.Scenario;
import dev.mmexit.scenario.format.ScenarioParser;
import dev.mmexit.variant.Variants;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The scenarios of the catalogue that tests race, as the jar holds them. */
public final class Catalogue {
  private static final Map<String, Scenario> READ = new ConcurrentHashMap<>();

  private Catalogue() {}

  /**
   * The scenario of that name.
   *
   * @throws IllegalArgumentException where there is none, or it cannot be understood
   */
  public static Scenario scenario(String name) {
    return READ.computeIfAbsent(name, Catalogue::read);
  }

  private static Scenario read(String name) {
    String file = "scenarios/" + name + ".litmus";
    try (InputStream in = Catalogue.class.getClassLoader().getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalArgumentException("there is no " + file);
      }
      ParseResult result = ScenarioParser.parse(file, in.readAllBytes(), Variants.names());
      Scenario scenario = result.scenario();
      if (scenario == null) {
        throw new IllegalArgumentException(result.diagnostics().toString());
      }
      return scenario;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
