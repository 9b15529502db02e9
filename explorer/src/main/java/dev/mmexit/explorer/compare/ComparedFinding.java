package dev.mmexit.explorer.compare;

import dev.mmexit.explorer.result.Finding;
import dev.mmexit.kernel.FindingKind;

/**
 * A finding that only one of the variants has.
 *
 * @param kind its kind
 * @param message what it is, in a sentence
 * @param place where it is: by kind and place findings are told apart
 * @param schedule the schedule that shows it, on the variant that has it
 */
public record ComparedFinding(FindingKind kind, String message, String place, String schedule) {

  static ComparedFinding of(Finding finding) {
    return new ComparedFinding(
        finding.kind(), finding.message(), finding.place(), finding.schedule());
  }
}
