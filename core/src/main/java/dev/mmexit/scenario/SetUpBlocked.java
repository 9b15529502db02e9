package dev.mmexit.scenario;

/** Thrown by an engine: the set-up waits for something that never comes. */
public final class SetUpBlocked extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The sentence says who waits for what. */
  public SetUpBlocked(String sentence) {
    super(sentence, null, false, false);
  }
}
