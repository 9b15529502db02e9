package dev.mmexit.explorer.result;

import java.util.Optional;

/** How far a thread has come. */
public enum ThreadStatus {
  NOT_STARTED("not started"),
  RUNNING("running"),
  BLOCKED("blocked"),
  FINISHED("finished");

  private final String label;

  ThreadStatus(String label) {
    this.label = label;
  }

  /** The word for it in results. */
  public String label() {
    return label;
  }

  /** The status with the given label. */
  public static Optional<ThreadStatus> parse(String label) {
    for (ThreadStatus status : values()) {
      if (status.label.equals(label)) {
        return Optional.of(status);
      }
    }
    return Optional.empty();
  }
}
