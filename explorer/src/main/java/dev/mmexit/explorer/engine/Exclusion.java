package dev.mmexit.explorer.engine;

import dev.mmexit.kernel.Op;

/** Which pairs of operations on one cell let only one of two contexts go on. */
final class Exclusion {
  private Exclusion() {}

  /** Whether two steps that begin with these operations on one cell never overlap. */
  static boolean excludes(int one, int other) {
    return isLock(one) && isLock(other);
  }

  private static boolean isLock(int op) {
    return op == Op.MUTEX_LOCK.code() || op == Op.SPIN_LOCK.code();
  }
}
