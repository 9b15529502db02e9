package dev.mmexit.mm;

import dev.mmexit.kernel.Engine;

/** fs/file_table.c: references to open files. */
public final class FileTable {
  private final MmSubsystem sub;
  private final Engine engine;

  FileTable(MmSubsystem sub) {
    this.sub = sub;
    engine = sub.engine;
  }

  /** {@code alloc_file} of fs/file_table.c: a file with one reference, the caller's. */
  public OpenFile allocFile(String name, FileOperations fOp) {
    return engine.get(
        "alloc_file", () -> engine.create(() -> new OpenFile(engine, name, fOp, this)));
  }

  /** {@code get_file} of include/linux/fs.h. */
  public void getFile(OpenFile file) {
    engine.run("get_file", () -> file.fCount.inc());
  }

  /** {@code get_file_rcu} of include/linux/fs.h: false for a file whose last reference is gone. */
  public boolean getFileRcu(OpenFile file) {
    return engine.call("get_file_rcu", () -> file.fCount.incNotZero() ? 1 : 0) != 0;
  }

  /**
   * {@code fput} of fs/file_table.c. The last one leaves the rest to the current task, on its way
   * back to user mode or in {@code exit_task_work}; where that cannot be, to a kworker.
   */
  public void fput(OpenFile file) {
    engine.run(
        "fput",
        () -> {
          if (!file.fCount.decAndTest()) {
            return;
          }
          Task task = sub.current();
          if (task != null && sub.taskWork.taskWorkAdd(task, file) == 0) {
            return;
          }
          sub.globals.systemWq.queueWork("delayed_fput", () -> delayedFput(file));
        });
  }

  /** {@code ____fput} of fs/file_table.c: the work of a task. */
  public void ____fput(OpenFile file) {
    engine.run("____fput", () -> __fput(file));
  }

  /** {@code delayed_fput} of fs/file_table.c: the work of a kworker, of one file here. */
  public void delayedFput(OpenFile file) {
    engine.run("delayed_fput", () -> __fput(file));
  }

  /** {@code __fput} of fs/file_table.c: nobody refers to the file any more. */
  public void __fput(OpenFile file) {
    engine.run("__fput", () -> file.fOp.release());
  }
}
