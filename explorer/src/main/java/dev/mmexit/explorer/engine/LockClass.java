package dev.mmexit.explorer.engine;

import dev.mmexit.kernel.Cell;
import dev.mmexit.kernel.Mutex;
import dev.mmexit.kernel.RwSemaphore;
import dev.mmexit.kernel.SpinLock;
import dev.mmexit.kernel.Srcu;
import dev.mmexit.kernel.Struct;
import dev.mmexit.kernel.WaitQueue;
import dev.mmexit.kernel.Workqueue;
import org.jspecify.annotations.Nullable;

/**
 * All locks that are initialised at one place, as lockdep has them: a field of a struct, whatever
 * object it is in.
 *
 * @param name as C code writes it, such as {@code iommu->lock}; with the number of a sub-class
 *     behind a slash
 * @param event whether it is something that is waited for, and not a lock: a wait queue, the read
 *     sections of an SRCU domain, the work on a workqueue
 * @param global whether there is one such lock in the system
 */
public record LockClass(String name, boolean event, boolean global)
    implements Comparable<LockClass> {
  @Override
  public int compareTo(LockClass other) {
    return name.compareTo(other.name);
  }

  /** The class of the locks of this one that are taken with a sub-class. */
  LockClass nested(int subclass) {
    return new LockClass(name + "/" + subclass, event, global);
  }

  /** The class of a lock or event of the kernel; null for anything else. */
  public static @Nullable LockClass of(Cell cell) {
    Struct struct = cell.struct();
    boolean global = struct.variable().isEmpty() && struct.storage() == Struct.Storage.STATIC;
    if (cell instanceof SpinLock
        || cell instanceof RwSemaphore
        || (cell instanceof Mutex mutex && mutex.isInKernel())) {
      return new LockClass(cell.expression(), false, global);
    }
    if (cell instanceof WaitQueue) {
      return new LockClass(cell.expression(), true, global);
    }
    return cell instanceof Srcu || cell instanceof Workqueue
        ? new LockClass(cell.label(), true, global)
        : null;
  }
}
