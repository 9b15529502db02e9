package dev.mmexit.reproduce;

/** There is nothing in a log that could be looked for: the message says why, in a sentence. */
public final class UnusableReport extends Exception {
  private static final long serialVersionUID = 1;

  UnusableReport(String sentence) {
    super(sentence);
  }
}
