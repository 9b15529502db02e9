package dev.mmexit.explorer.search;

/** Hears how an exploration goes; called often and from several threads. */
@FunctionalInterface
public interface Progress {
  /** Hears nothing. */
  Progress NONE = (states, executions, findings) -> {};

  /** How far the exploration is. */
  void at(long states, long executions, int findings);
}
