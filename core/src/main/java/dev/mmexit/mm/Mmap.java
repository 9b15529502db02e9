package dev.mmexit.mm;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Errno;
import dev.mmexit.kernel.FaultSite;
import dev.mmexit.kernel.FindingKind;
import dev.mmexit.kernel.KernelBug;

/** mm/mmap.c: the end of an address space, and the lock on all of one. */
public final class Mmap {
  private final MmSubsystem sub;
  private final Engine engine;

  Mmap(MmSubsystem sub) {
    this.sub = sub;
    engine = sub.engine;
  }

  /** {@code exit_mmap} of mm/mmap.c: tells the notifiers, then frees the page tables. */
  public void exitMmap(MmStruct mm) {
    engine.run(
        "exit_mmap",
        () -> {
          sub.mmuNotifiers.mmuNotifierRelease(mm);
          sub.globals.bus.atomically("free the page tables", () -> freePageTables(mm));
          mm.pageTablesFreed.set(true);
        });
  }

  /** {@code vm_munmap} of mm/mmap.c, of any range: devices must forget what they know of it. */
  public int vmMunmap(MmStruct mm) {
    return engine.call(
        "vm_munmap",
        () -> {
          mm.mmapSem.downWrite();
          if (mm.mmuNotifierMm.get() != null) {
            sub.mmuNotifiers.__mmuNotifierInvalidateRange(mm);
          }
          mm.mmapSem.upWrite();
          return 0;
        });
  }

  /** What {@code free_pgtables} is to the devices. */
  private int freePageTables(MmStruct mm) {
    String who = sub.devices.whoReaches(mm);
    if (who != null) {
      throw KernelBug.of(
          FindingKind.DANGLING_TRANSLATION,
          mm,
          "the page tables of "
              + mm.name()
              + " are freed in "
              + engine.here()
              + " while "
              + who
              + " can still reach them");
    }
    return 0;
  }

  /**
   * {@code mm_take_all_locks} of mm/mmap.c. The locks of the mappings are left out: they are taken
   * and released with this one, and nothing modelled takes them alone. A signal is pending only
   * where fault injection has {@code mmu_notifier_register} fail.
   */
  public int mmTakeAllLocks(MmStruct mm) {
    return engine.call(
        "mm_take_all_locks",
        () -> {
          sub.globals.mmAllLocksMutex.lock();
          if (engine.shouldFail(FaultSite.MMU_NOTIFIER_REGISTER, -Errno.EINTR, mm.name())) {
            mmDropAllLocks(mm);
            return -Errno.EINTR;
          }
          return 0;
        });
  }

  /** {@code mm_drop_all_locks} of mm/mmap.c. */
  public void mmDropAllLocks(MmStruct mm) {
    engine.run("mm_drop_all_locks", () -> sub.globals.mmAllLocksMutex.unlock());
  }
}
