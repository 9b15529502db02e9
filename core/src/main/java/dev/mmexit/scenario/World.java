package dev.mmexit.scenario;

import java.util.List;
import java.util.function.IntConsumer;

/** Something to explore: threads that race, and what is checked when they have finished. */
public interface World {
  /** The names of the threads that race. */
  List<String> threads();

  /**
   * Runs every operation of one thread, in the context of the caller.
   *
   * @param beforeOperation told the number of each operation before it begins
   */
  void run(int thread, IntConsumer beforeOperation);

  /** What holds and what is wrong, once every thread, work item and callback has finished. */
  AtRest atRest();
}
