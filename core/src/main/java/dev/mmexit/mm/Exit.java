package dev.mmexit.mm;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Errno;

/** kernel/exit.c: the end of a task. */
public final class Exit {
  private final MmSubsystem sub;
  private final Engine engine;

  Exit(MmSubsystem sub) {
    this.sub = sub;
    engine = sub.engine;
  }

  /**
   * {@code do_exit} of kernel/exit.c: {@code -ESRCH} for a task that has exited already. Files are
   * closed after the address space has gone, and released by the task's last work. The scheduler
   * drops the reference that {@code exit_mm} took for the lazy TLB after the last switch.
   */
  public int doExit(Task tsk) {
    return engine.call(
        "do_exit",
        () -> {
          if (tsk.exitState.get()) {
            return -Errno.ESRCH;
          }
          MmStruct activeMm = tsk.mm.get();
          exitMm(tsk);
          if (tsk.hasFiles()) {
            sub.fdTable.exitFiles(tsk);
            sub.taskWork.exitTaskWork(tsk);
          }
          tsk.exitState.set(true);
          if (activeMm != null) {
            sub.fork.mmdrop(activeMm);
          }
          return 0;
        });
  }

  /** {@code exit_mm} of kernel/exit.c: from here the task has no address space. */
  public void exitMm(Task tsk) {
    engine.run(
        "exit_mm",
        () -> {
          MmStruct mm = tsk.mm.get();
          if (mm == null) {
            return;
          }
          mm.mmapSem.downRead();
          sub.fork.mmgrab(mm);
          tsk.allocLock.lock();
          tsk.mm.set(null);
          mm.mmapSem.upRead();
          tsk.allocLock.unlock();
          sub.fork.mmput(mm);
        });
  }
}
