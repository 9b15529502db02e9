package dev.mmexit.mm;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Hardware;
import dev.mmexit.kernel.Mutex;
import dev.mmexit.kernel.Srcu;
import dev.mmexit.kernel.Struct;
import dev.mmexit.kernel.Workqueue;

/** The static variables of this package. */
public final class MmGlobals extends Struct {
  /** {@code srcu} of mm/mmu_notifier.c: one for the whole system. */
  public final Srcu srcu = new Srcu(this, "mmu_notifier srcu");

  /** {@code system_wq} of kernel/workqueue.c. */
  public final Workqueue systemWq = new Workqueue(this, "system_wq");

  /** {@code mm_all_locks_mutex} of mm/mmap.c. */
  public final Mutex mmAllLocksMutex = mutex("mm_all_locks_mutex");

  /** What devices see of memory. */
  public final Hardware bus = new Hardware(this, "system bus");

  MmGlobals(Engine engine) {
    super(engine, "static variables of mm", "", Storage.STATIC);
  }
}
