package dev.mmexit.explorer.engine;

import dev.mmexit.kernel.Op;
import java.util.EnumSet;
import java.util.Set;

/** Which operations order memory, for the search for data races. */
final class Order {
  private static final boolean[] ACQUIRES =
      table(
          EnumSet.of(
              Op.READ_ONCE,
              Op.INC_NOT_ZERO,
              Op.DEC_AND_TEST,
              Op.DROP,
              Op.ATOMIC_INC,
              Op.ATOMIC_DEC,
              Op.CMPXCHG,
              Op.DEC_IF_POSITIVE,
              Op.KMEM_CACHE_ALLOC,
              Op.KMEM_CACHE_FREE,
              Op.COUNT,
              Op.MUTEX_LOCK,
              Op.SPIN_LOCK,
              Op.DOWN_READ,
              Op.DOWN_WRITE,
              Op.RWSEM_GRANTED,
              Op.PREPARE_TO_WAIT,
              Op.SCHEDULE,
              Op.FINISH_WAIT,
              Op.SRCU_SNAPSHOT,
              Op.SYNCHRONIZE_SRCU,
              Op.SRCU_CALLBACK,
              Op.WORK_SNAPSHOT,
              Op.FLUSH_WORKQUEUE));

  private static final boolean[] WAITS =
      table(
          EnumSet.of(
              Op.SCHEDULE,
              Op.RWSEM_GRANTED,
              Op.SYNCHRONIZE_SRCU,
              Op.SRCU_CALLBACK,
              Op.FLUSH_WORKQUEUE));

  private static final boolean[] RELEASES =
      table(
          EnumSet.of(
              Op.WRITE_ONCE,
              Op.INC_NOT_ZERO,
              Op.DEC_AND_TEST,
              Op.DROP,
              Op.ATOMIC_INC,
              Op.ATOMIC_DEC,
              Op.CMPXCHG,
              Op.DEC_IF_POSITIVE,
              Op.KMEM_CACHE_ALLOC,
              Op.KMEM_CACHE_FREE,
              Op.INIT,
              Op.MUTEX_UNLOCK,
              Op.SPIN_UNLOCK,
              Op.UP_READ,
              Op.UP_WRITE,
              Op.WAKE_UP_ALL,
              Op.SRCU_READ_UNLOCK,
              Op.WORK_DONE));

  private static final boolean[] LOOKS =
      table(
          EnumSet.of(
              Op.READ_ONCE,
              Op.COUNT,
              Op.QUEUE_WORK,
              Op.WORK_DONE,
              Op.SRCU_READ_LOCK,
              Op.SRCU_READ_UNLOCK,
              Op.PREPARE_TO_WAIT,
              Op.FINISH_WAIT));

  private Order() {}

  private static boolean[] table(Set<Op> ops) {
    boolean[] table = new boolean[Op.values().length + 1];
    ops.forEach(op -> table[op.code()] = true);
    return table;
  }

  /** Whether what was released before at the same place is known after the operation. */
  static boolean acquires(Op op) {
    return ACQUIRES[op.code()];
  }

  /** Whether the operation waited for others: what they released is known in any case. */
  static boolean waits(Op op) {
    return WAITS[op.code()];
  }

  /** Whether what was done before is known to whoever acquires at the same place. */
  static boolean releases(Op op) {
    return RELEASES[op.code()];
  }

  /**
   * Whether the operation changes nothing that others on the same primitive notice who do likewise:
   * it reads, or it adds to a set or takes from it.
   */
  static boolean looks(Op op) {
    return LOOKS[op.code()];
  }
}
