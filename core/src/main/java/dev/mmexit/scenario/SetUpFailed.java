package dev.mmexit.scenario;

import dev.mmexit.scenario.format.Step;

/** A set-up operation of a scenario failed or would block, and its result goes to no register. */
public final class SetUpFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Step step;

  SetUpFailed(Step step, String sentence) {
    super(sentence, null, false, false);
    this.step = step;
  }

  /** Which operation. */
  public Step step() {
    return step;
  }

  /** What happened, in a sentence. */
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
