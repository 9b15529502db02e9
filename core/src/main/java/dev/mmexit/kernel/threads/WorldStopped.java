package dev.mmexit.kernel.threads;

/** Unwinds a thread of a world that a bug or a deadlock has ended. */
final class WorldStopped extends RuntimeException {
  private static final long serialVersionUID = 1L;

  WorldStopped() {
    super("the world has ended");
  }

  /** Whoever is unwound is not to blame, so nobody asks where it was. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
