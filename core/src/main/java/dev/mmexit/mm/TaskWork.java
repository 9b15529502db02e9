package dev.mmexit.mm;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Errno;

/**
 * kernel/task_work.c: what a task does before it goes back to user mode. Here a task adds work for
 * itself only, so that the list needs no atomic operations.
 */
public final class TaskWork {
  private final Engine engine;

  TaskWork(MmSubsystem sub) {
    engine = sub.engine;
  }

  /** {@code task_work_add} of kernel/task_work.c: {@code -ESRCH} once an exit has run its work. */
  public int taskWorkAdd(Task task, CallbackHead work) {
    return engine.call(
        "task_work_add",
        () -> {
          if (task.taskWorksClosed.get()) {
            return -Errno.ESRCH;
          }
          work.next.set(task.taskWorks.get());
          task.taskWorks.set(work);
          return 0;
        });
  }

  /**
   * {@code task_work_run} of kernel/task_work.c: the newest first, and what they add.
   *
   * @param exiting {@code PF_EXITING}: no work can be added after this
   */
  public void taskWorkRun(Task task, boolean exiting) {
    engine.run(
        "task_work_run",
        () -> {
          for (CallbackHead work = task.taskWorks.get();
              work != null;
              work = task.taskWorks.get()) {
            task.taskWorks.set(null);
            while (work != null) {
              CallbackHead next = work.next.get();
              work.func();
              work = next;
            }
          }
          if (exiting) {
            task.taskWorksClosed.set(true);
          }
        });
  }

  /** {@code exit_task_work} of include/linux/task_work.h. */
  public void exitTaskWork(Task task) {
    engine.run("exit_task_work", () -> taskWorkRun(task, true));
  }

  /**
   * {@code tracehook_notify_resume} of include/linux/tracehook.h: what the task does on its way
   * back to user mode.
   */
  public void tracehookNotifyResume(Task task) {
    if (task.taskWorks.get() != null) {
      engine.run("tracehook_notify_resume", () -> taskWorkRun(task, false));
    }
  }
}
