package dev.mmexit.explorer.engine;

import dev.mmexit.kernel.Op;

/** Which operations order memory, for the search for data races. */
final class Order {
  private Order() {}

  /** Whether what was released before at the same place is known after the operation. */
  static boolean acquires(Op op) {
    return switch (op) {
      case READ_ONCE,
          INC,
          INC_NOT_ZERO,
          DEC_AND_TEST,
          DROP,
          COUNT,
          MUTEX_LOCK,
          SPIN_LOCK,
          DOWN_READ,
          DOWN_WRITE,
          RWSEM_GRANTED,
          PREPARE_TO_WAIT,
          SCHEDULE,
          FINISH_WAIT,
          SRCU_SNAPSHOT,
          SYNCHRONIZE_SRCU,
          SRCU_CALLBACK,
          WORK_SNAPSHOT,
          FLUSH_WORKQUEUE ->
          true;
      default -> false;
    };
  }

  /** Whether the operation waited for others: what they released is known in any case. */
  static boolean waits(Op op) {
    return switch (op) {
      case SCHEDULE, RWSEM_GRANTED, SYNCHRONIZE_SRCU, SRCU_CALLBACK, FLUSH_WORKQUEUE -> true;
      default -> false;
    };
  }

  /** Whether what was done before is known to whoever acquires at the same place. */
  static boolean releases(Op op) {
    return switch (op) {
      case WRITE_ONCE,
          INC,
          INC_NOT_ZERO,
          DEC_AND_TEST,
          DROP,
          INIT,
          MUTEX_UNLOCK,
          SPIN_UNLOCK,
          UP_READ,
          UP_WRITE,
          WAKE_UP_ALL,
          SRCU_READ_UNLOCK,
          WORK_DONE ->
          true;
      default -> false;
    };
  }
}
