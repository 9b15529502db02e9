package dev.mmexit.explorer.result;

/** What one scenario's exploration says about what was expected of it. */
public enum Verdict {
  /** Explored completely, and exactly what was expected was found. */
  AS_EXPECTED,
  /** Something was found that was not expected, or a complete exploration lacks what was. */
  UNEXPECTED,
  /** A bound ended the exploration, and nothing was wrong up to there: no pass. */
  INCOMPLETE
}
