package dev.mmexit.explorer.coroutine;

/** Makes coroutines of one kind. Each worker of an exploration has its own. */
public interface Coroutines extends AutoCloseable {
  /**
   * A coroutine that has not started. An exception that leaves {@code body} is an error of ours.
   */
  Coroutine create(Runnable body);

  /** A word for what they are: for benchmarks. */
  String kind();

  /** Ends what the coroutines need. */
  @Override
  void close();

  /** The fastest kind that this JDK has. */
  static Coroutines best() {
    return Continuations.available() ? new Continuations() : new HandOverThreads();
  }
}
