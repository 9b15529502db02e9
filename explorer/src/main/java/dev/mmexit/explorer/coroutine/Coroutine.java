package dev.mmexit.explorer.coroutine;

/** A computation that can stop in the middle and go on later. */
public interface Coroutine {
  /** Runs until the body suspends or ends. Called from outside of the body. */
  void resume();

  /** Stops here until the next {@link #resume}. Called from within the body. */
  void suspend();

  /** Gives up a body that will not be resumed again. Called from outside of the body. */
  void abandon();
}
