package dev.mmexit.explorer.engine;

import dev.mmexit.kernel.Lock;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether contexts use a field at once. What is known only ever grows. */
final class FieldSharing {
  private static final long[] NONE = {};

  private final Sharing all;
  private volatile boolean raced;
  private volatile boolean seenByDevice;
  private volatile boolean written;

  /** Whether more than one context uses it. */
  private volatile boolean several;

  private volatile long user;

  /**
   * The mutexes and spinlocks that were held at every use so far (Savage et al., "Eraser", 1997);
   * null before the first one.
   */
  private volatile long @Nullable [] guards;

  FieldSharing(Sharing all) {
    this.all = all;
  }

  /** Notes a use that others could make too. */
  void use(ControlledContext context, boolean write) {
    long[] known = guards;
    if (known == null
        || (known.length > 0 && !holds(context, known))
        || (write && !written)
        || (!several && user != context.canonicalHash())) {
      learn(context, write);
    }
  }

  private static boolean holds(ControlledContext context, long[] guards) {
    for (long guard : guards) {
      if (!holds(context, guard)) {
        return false;
      }
    }
    return true;
  }

  private static boolean holds(ControlledContext context, long guard) {
    List<Lock> locks = context.locks();
    for (int i = 0; i < locks.size(); i++) {
      if (locks.get(i).key() == guard) {
        return true;
      }
    }
    return false;
  }

  private synchronized void learn(ControlledContext context, boolean write) {
    boolean before = isOpen();
    long[] known = guards;
    if (known == null) {
      user = context.canonicalHash();
      guards = context.locks().stream().mapToLong(Lock::key).toArray();
    } else {
      several |= user != context.canonicalHash();
      long[] left = Arrays.stream(known).filter(guard -> holds(context, guard)).toArray();
      guards = left.length == 0 ? NONE : left;
    }
    written |= write;
    if (isOpen() != before) {
      all.change();
    }
  }

  /**
   * Whether two uses of it could still turn out to be unordered: somebody changes it, it is not
   * known to happen, and no lock excludes it.
   */
  boolean isOpen() {
    long[] known = guards;
    return written && several && !raced && known != null && known.length == 0;
  }

  /** Notes that two contexts used it, one of them to change it, and nothing ordered the two. */
  void race() {
    if (!raced) {
      raced = true;
      all.change();
    }
  }

  boolean isRaced() {
    return raced;
  }

  /** Notes that a device reads it, which nothing orders. */
  void device() {
    if (!seenByDevice) {
      seenByDevice = true;
      all.change();
    }
  }

  boolean isSeenByDevice() {
    return seenByDevice;
  }
}
