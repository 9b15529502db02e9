package dev.mmexit.mm;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Errno;
import dev.mmexit.kernel.FaultSite;
import dev.mmexit.kernel.FindingKind;
import dev.mmexit.kernel.HlistNode;
import dev.mmexit.kernel.KernelBug;
import dev.mmexit.kernel.RefCount;

/** mm/mmu_notifier.c: who is told that an address space goes away. */
public final class MmuNotifiers {
  private final MmSubsystem sub;
  private final Engine engine;

  MmuNotifiers(MmSubsystem sub) {
    this.sub = sub;
    engine = sub.engine;
  }

  /**
   * {@code mmu_notifier_register} of mm/mmu_notifier.c. The caller has a reference of {@code
   * mm_users}; a head that is one too many is freed again.
   */
  public int mmuNotifierRegister(MmuNotifier mn, MmStruct mm) {
    return engine.call(
        "mmu_notifier_register",
        () -> {
          bugUnlessHeld(mm.mmUsers);
          if (engine.shouldFail(FaultSite.KZALLOC, -Errno.ENOMEM, mm.name())) {
            bugUnlessHeld(mm.mmUsers);
            return -Errno.ENOMEM;
          }
          MmuNotifierMm spare = engine.create(() -> new MmuNotifierMm(engine));
          spare.nameIt(mm.name());
          mm.mmapSem.downWrite();
          if (sub.mmap.mmTakeAllLocks(mm) != 0) {
            mm.mmapSem.upWrite();
            spare.kfree();
            bugUnlessHeld(mm.mmUsers);
            return -Errno.EINTR;
          }
          boolean first = mm.mmuNotifierMm.get() == null;
          if (first) {
            mm.mmuNotifierMm.set(spare);
          }
          sub.fork.mmgrab(mm);
          MmuNotifierMm head = mm.mmuNotifierMm.deref();
          head.lock.lock();
          head.list.addHeadRcu(mn.hlist);
          head.lock.unlock();
          sub.mmap.mmDropAllLocks(mm);
          mm.mmapSem.upWrite();
          if (!first) {
            spare.kfree();
          }
          bugUnlessHeld(mm.mmUsers);
          return 0;
        });
  }

  /** {@code mmu_notifier_release} of include/linux/mmu_notifier.h. */
  public void mmuNotifierRelease(MmStruct mm) {
    engine.run(
        "mmu_notifier_release",
        () -> {
          if (mm.mmuNotifierMm.get() != null) {
            __mmuNotifierRelease(mm);
          }
        });
  }

  /**
   * {@code __mmu_notifier_release} of mm/mmu_notifier.c: calls every notifier, which may sleep in
   * the read section, then waits for all the read sections of the system.
   */
  public void __mmuNotifierRelease(MmStruct mm) {
    engine.run(
        "__mmu_notifier_release",
        () -> {
          sub.globals.srcu.readLock();
          MmuNotifierMm head = mm.mmuNotifierMm.deref();
          for (HlistNode<MmuNotifier> node = head.list.firstRcu();
              node != null;
              node = node.nextRcu()) {
            MmuNotifier mn = node.entry();
            mn.ops.deref().release(mn, mm);
          }
          head.lock.lock();
          for (HlistNode<MmuNotifier> node = head.list.first();
              node != null;
              node = head.list.first()) {
            node.delInitRcu();
          }
          head.lock.unlock();
          sub.globals.srcu.readUnlock();
          sub.globals.srcu.synchronize();
        });
  }

  /** {@code __mmu_notifier_invalidate_range} of mm/mmu_notifier.c. */
  public void __mmuNotifierInvalidateRange(MmStruct mm) {
    engine.run(
        "__mmu_notifier_invalidate_range",
        () -> {
          sub.globals.srcu.readLock();
          MmuNotifierMm head = mm.mmuNotifierMm.deref();
          for (HlistNode<MmuNotifier> node = head.list.firstRcu();
              node != null;
              node = node.nextRcu()) {
            MmuNotifier mn = node.entry();
            mn.ops.deref().invalidateRange(mn, mm);
          }
          sub.globals.srcu.readUnlock();
        });
  }

  /** {@code mmu_notifier_unregister_no_release} of mm/mmu_notifier.c: never waits. */
  public void mmuNotifierUnregisterNoRelease(MmuNotifier mn, MmStruct mm) {
    engine.run(
        "mmu_notifier_unregister_no_release",
        () -> {
          MmuNotifierMm head = mm.mmuNotifierMm.deref();
          head.lock.lock();
          mn.hlist.delInitRcu();
          head.lock.unlock();
          bugUnlessHeld(mm.mmCount);
          sub.fork.mmdrop(mm);
        });
  }

  /** {@code mmu_notifier_call_srcu} of mm/mmu_notifier.c: frees what a walk may still look at. */
  public void mmuNotifierCallSrcu(String what, Runnable func) {
    engine.run("mmu_notifier_call_srcu", () -> sub.globals.srcu.call(what, func));
  }

  /** {@code BUG_ON(atomic_read(&count) <= 0)}: an assertion, whose value goes nowhere else. */
  private void bugUnlessHeld(RefCount count) {
    if (count.asserted() <= 0) {
      throw KernelBug.of(
          FindingKind.REFCOUNT,
          count.struct(),
          "BUG_ON: " + count.describe() + " is 0 in " + engine.here());
    }
  }
}
