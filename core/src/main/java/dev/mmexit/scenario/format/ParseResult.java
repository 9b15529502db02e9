package dev.mmexit.scenario.format;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What reading a scenario gave: the scenario, or else everything that is wrong with it, by
 * position.
 *
 * @param scenario the scenario; null exactly where there are diagnostics
 */
public record ParseResult(@Nullable Scenario scenario, List<Diagnostic> diagnostics) {
  public ParseResult {
    diagnostics = List.copyOf(diagnostics);
    if ((scenario == null) == diagnostics.isEmpty()) {
      throw new IllegalArgumentException("a scenario or diagnostics, one of the two");
    }
  }
}
