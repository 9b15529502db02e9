package dev.mmexit.mm;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.ErrPtr;
import dev.mmexit.kernel.Errno;
import org.jspecify.annotations.Nullable;

/** kernel/fork.c and include/linux/sched/mm.h: references to address spaces. */
public final class Fork {
  private final MmSubsystem sub;
  private final Engine engine;

  Fork(MmSubsystem sub) {
    this.sub = sub;
    engine = sub.engine;
  }

  /** {@code mmgrab} of include/linux/sched/mm.h: keeps the struct, not the address space. */
  public void mmgrab(MmStruct mm) {
    engine.run("mmgrab", () -> mm.mmCount.inc());
  }

  /** {@code mmdrop} of include/linux/sched/mm.h. */
  public void mmdrop(MmStruct mm) {
    engine.run(
        "mmdrop",
        () -> {
          if (mm.mmCount.decAndTest()) {
            __mmdrop(mm);
          }
        });
  }

  /** {@code __mmdrop} of kernel/fork.c: frees the struct and the head of its notifiers. */
  public void __mmdrop(MmStruct mm) {
    engine.run(
        "__mmdrop",
        () -> {
          MmuNotifierMm head = mm.mmuNotifierMm.get();
          if (head != null) {
            head.kfree();
          }
          mm.kfree();
        });
  }

  /** {@code mmget} of include/linux/sched/mm.h: keeps the address space. */
  public void mmget(MmStruct mm) {
    engine.run("mmget", () -> mm.mmUsers.inc());
  }

  /** {@code mmget_not_zero} of include/linux/sched/mm.h. */
  public boolean mmgetNotZero(MmStruct mm) {
    return engine.call("mmget_not_zero", () -> mm.mmUsers.incNotZero() ? 1 : 0) != 0;
  }

  /** {@code get_task_mm} of kernel/fork.c: null for a task that has left its address space. */
  public @Nullable MmStruct getTaskMm(Task task) {
    return engine.get(
        "get_task_mm",
        () -> {
          task.allocLock.lock();
          MmStruct mm = task.mm.get();
          if (mm != null) {
            mm.mmUsers.inc();
          }
          task.allocLock.unlock();
          return mm;
        });
  }

  /** {@code mmput} of kernel/fork.c: may sleep, as the last one takes the address space down. */
  public void mmput(MmStruct mm) {
    engine.run(
        "mmput",
        () -> {
          if (mm.mmUsers.decAndTest()) {
            __mmput(mm);
          }
        });
  }

  /** {@code mmput_async} of kernel/fork.c: the last one leaves the work to a kworker. */
  public void mmputAsync(MmStruct mm) {
    engine.run(
        "mmput_async",
        () -> {
          if (mm.mmUsers.decAndTest()) {
            sub.globals.systemWq.queueWork("mmput_async_fn", () -> mmputAsyncFn(mm));
          }
        });
  }

  /** {@code mmput_async_fn} of kernel/fork.c: the work item. */
  public void mmputAsyncFn(MmStruct mm) {
    engine.run("mmput_async_fn", () -> __mmput(mm));
  }

  /** {@code __mmput} of kernel/fork.c: nobody uses the address space any more. */
  public void __mmput(MmStruct mm) {
    engine.run(
        "__mmput",
        () -> {
          sub.mmap.exitMmap(mm);
          mmdrop(mm);
        });
  }

  /**
   * {@code mm_access} of kernel/fork.c: the address space of {@code task}, if the caller may have
   * it; {@code NULL} where there is none. Nobody is ever killed here, so the lock is always got.
   */
  public ErrPtr<MmStruct> mmAccess(Task task) {
    return engine.get(
        "mm_access",
        () -> {
          task.signal.credGuardMutex.lock();
          ErrPtr<MmStruct> result = ErrPtr.of(getTaskMm(task));
          MmStruct mm = result.pointer();
          if (mm != null && mm != currentMm() && !sub.ptrace.ptraceMayAccess(task)) {
            mmput(mm);
            result = ErrPtr.error(-Errno.EACCES);
          }
          task.signal.credGuardMutex.unlock();
          return result;
        });
  }

  private @Nullable MmStruct currentMm() {
    Task current = sub.current();
    return current == null ? null : current.mm.get();
  }
}
