package dev.mmexit.explorer.engine;

/** What the threads of an execution do. */
@FunctionalInterface
public interface ThreadBody {
  /** Runs the thread with the number {@code index}. */
  void run(int index);
}
