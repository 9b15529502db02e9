package dev.mmexit.explorer;

/** Is told how far an exploration is. Calls may come from several threads at once. */
@FunctionalInterface
public interface ProgressListener {

  /**
   * How far it is by now.
   *
   * @param states how many distinct states were visited
   * @param executions how many executions were run
   * @param findings how many distinct findings there are
   */
  void progress(long states, long executions, int findings);
}
