package dev.mmexit.explorer.search;

/** The state space is larger than what the explorer can number: the run ends as bounded. */
final class TooLarge extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TooLarge(String what) {
    super(what, null, false, false);
  }
}
