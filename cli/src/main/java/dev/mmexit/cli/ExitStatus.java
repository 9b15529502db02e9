package dev.mmexit.cli;

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
}
