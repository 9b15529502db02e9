package dev.mmexit.explorer.replay;

import java.util.List;

/** A schedule does not fit the world. */
public final class Misfit extends Exception {
  private static final long serialVersionUID = 1L;

  private final int step;
  private final String named;
  private final transient List<String> runnable;

  Misfit(int step, String named, List<String> runnable, String reason) {
    super(reason);
    this.step = step;
    this.named = named;
    this.runnable = runnable;
  }

  /** The first step that does not fit, from 1. */
  public int step() {
    return step;
  }

  /** The thread that the schedule names there. */
  public String named() {
    return named;
  }

  /** The threads that could run there. */
  public List<String> runnable() {
    return runnable;
  }

  /** Why it does not fit. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
