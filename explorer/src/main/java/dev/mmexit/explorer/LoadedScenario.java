package dev.mmexit.explorer;

import dev.mmexit.scenario.format.Scenario;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A scenario that was read without errors: a handle that only the facade which made it can use. */
public interface LoadedScenario {

  /** The file it was read from, as it was given. */
  Path file();

  /** The scenario's name. */
  String name();

  /** The scenario. */
  Scenario scenario();

  /**
   * The labels of the finding kinds that it says it shows on {@code variant}, none for {@code
   * clean}; nothing where it says nothing.
   */
  default Optional<List<String>> expected(String variant) {
    return Optional.empty();
  }
}
