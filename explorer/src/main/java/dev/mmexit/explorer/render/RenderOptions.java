package dev.mmexit.explorer.render;

import dev.mmexit.explorer.report.Style;
import dev.mmexit.explorer.result.CheckResult;
import dev.mmexit.explorer.result.Finding;
import dev.mmexit.explorer.result.ScenarioResult;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * How to draw a result.
 *
 * @param style how text for a terminal stresses words; other formats do not use it
 * @param finding the number of the only finding to draw, counted from 1 in each result as the text
 *     counts them; empty for all
 */
public record RenderOptions(Style style, OptionalInt finding) {
  /** All findings, plain. */
  public static final RenderOptions ALL = new RenderOptions(Style.PLAIN, OptionalInt.empty());

  /** The findings to draw, in the order of the results. */
  public List<NumberedFinding> findings(CheckResult result) {
    List<NumberedFinding> chosen = new ArrayList<>();
    for (ScenarioResult scenario : result.results()) {
      List<Finding> findings = scenario.findings();
      for (int i = 0; i < findings.size(); i++) {
        if (finding.isEmpty() || finding.getAsInt() == i + 1) {
          chosen.add(new NumberedFinding(scenario, i + 1, findings.get(i)));
        }
      }
    }
    return chosen;
  }
}
