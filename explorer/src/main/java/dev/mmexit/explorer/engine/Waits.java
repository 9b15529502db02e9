package dev.mmexit.explorer.engine;

import dev.mmexit.kernel.Op;

/** The operations that are scheduling points whatever is known of memory. */
final class Waits {
  private Waits() {}

  static boolean always(Op op) {
    return op == Op.RWSEM_GRANTED
        || op == Op.SCHEDULE
        || op == Op.SYNCHRONIZE_SRCU
        || op == Op.FLUSH_WORKQUEUE
        || op == Op.HARDWARE
        || op == Op.NOP;
  }

  /** Whether a context that had to wait is where one that had not is, once the wait is over. */
  static boolean unnoticed(Op op) {
    return op == Op.RWSEM_GRANTED || op == Op.SYNCHRONIZE_SRCU || op == Op.FLUSH_WORKQUEUE;
  }
}
