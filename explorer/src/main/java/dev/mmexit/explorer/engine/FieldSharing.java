package dev.mmexit.explorer.engine;

import dev.mmexit.kernel.Lock;
import dev.mmexit.kernel.Struct;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who uses a field, and under which locks. What is known only ever grows: contexts become more, the
 * locks that are held at every access become fewer.
 */
final class FieldSharing {
  private static final long[] NO_LOCK = new long[0];

  private final Sharing all;

  /** The only context that used it, by its canonical hash; 0: none, for a fixed object. */
  private long owner;

  private volatile boolean shared;
  private volatile boolean contended;

  /** The locks that were held at every access; null before the first. */
  private volatile long @Nullable [] locks;

  /** The locks that were held at every write; null before the first. */
  private volatile long @Nullable [] writeLocks;

  FieldSharing(Sharing all) {
    this.all = all;
  }

  /** Notes that somebody had to wait here: others do interfere. */
  synchronized void contend() {
    if (!contended) {
      contended = true;
      all.change();
    }
  }

  /**
   * Notes an access, and says whether others may interfere with it: whether another context can make
   * a conflicting access at the same moment. Under a lock that every write holds a read is safe, and
   * a write is under one that every access holds.
   *
   * @param many whether this stands for many objects
   * @param byOthers whether another context has used this very object's field, if so
   */
  boolean access(
      ControlledContext context, Struct struct, boolean write, boolean many, boolean byOthers) {
    long[] known = locks;
    long[] knownOfWrites = writeLocks;
    if (known == null
        || (write && knownOfWrites == null)
        || (known.length > 0 && !allHeld(known, context, struct))
        || (write
            && knownOfWrites != null
            && knownOfWrites.length > 0
            && !allHeld(knownOfWrites, context, struct))
        || (many ? byOthers && !shared : !shared && owner != context.canonicalHash())) {
      learn(context, struct, write, many, byOthers);
      known = locks;
      knownOfWrites = writeLocks;
    }
    if (contended) {
      return true;
    }
    if (!shared || knownOfWrites == null) {
      return false;
    }
    return !anyHeld(write ? known : knownOfWrites, context, struct);
  }

  /** Whether some access to it was one that others may interfere with. */
  boolean isRacy() {
    long[] known = locks;
    return contended || (shared && writeLocks != null && known != null && known.length == 0);
  }

  private synchronized void learn(
      ControlledContext context, Struct struct, boolean write, boolean many, boolean byOthers) {
    if (many) {
      shared |= byOthers;
    } else if (owner == 0) {
      owner = context.canonicalHash();
    } else if (owner != context.canonicalHash()) {
      shared = true;
    }
    locks = common(locks, context, struct);
    if (write) {
      writeLocks = common(writeLocks, context, struct);
    }
    if (shared && writeLocks != null) {
      // What was taken for safe may not have been.
      all.change();
    }
  }

  private static long[] common(
      long @Nullable [] known, ControlledContext context, Struct struct) {
    if (known == null) {
      List<Lock> held = context.locks();
      long[] ids = new long[held.size()];
      int count = 0;
      for (Lock lock : held) {
        long id = idOf(lock, struct);
        if (id != 0) {
          ids[count++] = id;
        }
      }
      return Arrays.copyOf(ids, count);
    }
    long[] kept = known.clone();
    int count = 0;
    for (long id : known) {
      if (isHeld(id, context, struct)) {
        kept[count++] = id;
      }
    }
    return count == 0 ? NO_LOCK : Arrays.copyOf(kept, count);
  }

  private static boolean allHeld(long[] ids, ControlledContext context, Struct struct) {
    for (long id : ids) {
      if (!isHeld(id, context, struct)) {
        return false;
      }
    }
    return true;
  }

  private static boolean anyHeld(
      long @Nullable [] ids, ControlledContext context, Struct struct) {
    if (ids == null) {
      return true;
    }
    for (long id : ids) {
      if (isHeld(id, context, struct)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isHeld(long id, ControlledContext context, Struct struct) {
    List<Lock> held = context.locks();
    for (int i = 0; i < held.size(); i++) {
      if (idOf(held.get(i), struct) == id) {
        return true;
      }
    }
    return false;
  }

  /**
   * What a lock is called from the field's point of view: by its address where it exists from the
   * start, by its label where it is in the same object. Others can not be told apart by type: 0.
   */
  private static long idOf(Lock lock, Struct struct) {
    Struct home = lock.struct();
    if (home.attachment() instanceof StructUse use && !use.isFixed()) {
      return home == struct ? lock.index() + 1 : 0;
    }
    return lock.key();
  }
}
