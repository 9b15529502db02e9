package dev.mmexit.cli;

import dev.mmexit.explorer.result.Summary;

/** The exit statuses: a contract. */
final class ExitStatus {
  /** Every verdict is as expected. */
  static final int OK = 0;

  /** Something is not as expected. */
  static final int UNEXPECTED = 1;

  /**
   * The command line, a file or a scenario could not be understood, or the program itself failed.
   */
  static final int USAGE = 2;

  /** A bound was reached, and nothing was wrong up to there. */
  static final int INCOMPLETE = 3;

  /** A schedule does not fit. */
  static final int SCHEDULE = 4;

  private ExitStatus() {}

  /** That of these verdicts: what is wrong counts for more than what is incomplete. */
  static int of(Summary summary) {
    if (summary.unexpected() > 0) {
      return UNEXPECTED;
    }
    return summary.incomplete() > 0 ? INCOMPLETE : OK;
  }
}
