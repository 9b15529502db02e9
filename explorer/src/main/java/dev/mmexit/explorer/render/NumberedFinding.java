package dev.mmexit.explorer.render;

import dev.mmexit.explorer.result.Finding;
import dev.mmexit.explorer.result.ScenarioResult;

/**
 * A finding with where it comes from.
 *
 * @param result the result that has it
 * @param number its place among that result's findings, from 1
 * @param finding the finding
 */
public record NumberedFinding(ScenarioResult result, int number, Finding finding) {

  /** A heading, such as {@code exit-vs-detach v2, finding 1: deadlock (expected)}. */
  public String title() {
    String expected = result.expects(finding.kind()) ? " (expected)" : " (NOT expected)";
    return result.scenario()
        + " "
        + result.variant()
        + ", finding "
        + number
        + ": "
        + finding.kind().label()
        + expected;
  }
}
