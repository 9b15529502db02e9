package dev.mmexit.explorer.engine;

import dev.mmexit.kernel.Op;

/** Which pairs of operations on one cell let only one of two contexts go on. */
final class Exclusion {
  private Exclusion() {}

  /** Whether two steps that begin with these operations on one cell never overlap. */
  static boolean excludes(int one, int other) {
    return isExclusive(one) ? isLock(other) : isLock(one) && isExclusive(other);
  }

  private static boolean isLock(int op) {
    return isExclusive(op) || op == Op.DOWN_READ.code();
  }

  private static boolean isExclusive(int op) {
    return op == Op.MUTEX_LOCK.code()
        || op == Op.SPIN_LOCK.code()
        || op == Op.DOWN_WRITE.code()
        || op == Op.RWSEM_GRANTED.code();
  }
}
