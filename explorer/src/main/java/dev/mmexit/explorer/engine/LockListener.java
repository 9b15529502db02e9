package dev.mmexit.explorer.engine;

import dev.mmexit.kernel.Cell;

/** Hears of locks, and of events that are waited for, as they are taken and given up. */
public interface LockListener {
  /** {@code context} is about to take {@code cell}, or to wait for it. */
  void comes(ControlledContext context, LockClass lockClass, Cell cell);

  /** {@code context} holds {@code cell}, or does what others wait there for, from now on. */
  void begins(ControlledContext context, LockClass lockClass, Cell cell);

  /** That is over. */
  void ends(ControlledContext context, Cell cell);
}
