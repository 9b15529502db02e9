package dev.mmexit.scenario.format;

/**
 * One thing that is wrong with a scenario file, as it is shown to its author: where, what, and what
 * was expected.
 */
public record Diagnostic(String file, int line, int column, String message) {
  /** {@code FILE:LINE:COLUMN: message}. */
  @Override
  public String toString() {
    return file + ":" + line + ":" + column + ": " + message;
  }
}
