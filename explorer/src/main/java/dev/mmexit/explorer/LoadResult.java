package dev.mmexit.explorer;

import java.util.List;

/** A scenario, or why there is none. */
public sealed interface LoadResult {

  /**
   * The file could be read.
   *
   * @param scenario the scenario in it
   */
  record Loaded(LoadedScenario scenario) implements LoadResult {}

  /**
   * The file could not be understood.
   *
   * @param diagnostics all of its errors, a line {@code FILE:LINE:COLUMN: message} each
   */
  record Rejected(List<String> diagnostics) implements LoadResult {
    public Rejected {
      diagnostics = List.copyOf(diagnostics);
    }
  }
}
