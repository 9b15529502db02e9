package dev.mmexit.explorer.render;

/** A result has nothing that a format could show, or more than it can: said in one sentence. */
public final class NothingToDraw extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Says what is not there, and what to do. */
  public NothingToDraw(String sentence) {
    super(sentence);
  }
}
