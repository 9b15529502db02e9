package dev.mmexit.explorer.engine;

import org.jspecify.annotations.Nullable;

/** Decides at every scheduling point which context takes the next step. */
public interface Chooser {
  /**
   * The context that takes the next step; null ends the execution here. Called when every context
   * is finished or stands before its next visible operation.
   *
   * @param last who took the step that has just ended; null at the start
   */
  @Nullable ControlledContext choose(ControlledEngine engine, @Nullable ControlledContext last);
}
