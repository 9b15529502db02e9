package dev.mmexit.mm;

import dev.mmexit.kernel.Engine;

/** kernel/fork.c: new tasks. */
public final class CopyProcess {
  private final MmSubsystem sub;
  private final Engine engine;

  CopyProcess(MmSubsystem sub) {
    this.sub = sub;
    engine = sub.engine;
  }

  /** {@code SINGLE_DEPTH_NESTING} of include/linux/lockdep.h. */
  private static final int SINGLE_DEPTH_NESTING = 1;

  /**
   * {@code copy_process} of kernel/fork.c, of a process of its own: neither {@code CLONE_THREAD}
   * nor {@code CLONE_FILES}. The pid has to be {@link Pid#reserve reserved}.
   *
   * @param current the parent
   * @param cloneVm {@code CLONE_VM}: the child shares the parent's address space
   */
  public Task copyProcess(Task current, String name, int pid, boolean cloneVm) {
    return engine.get(
        "copy_process",
        () -> {
          Task child = engine.create(() -> new Task(engine, name, pid, current.uid, null));
          copyFiles(current, child);
          copyMm(current, child, cloneVm);
          sub.pid.attachPid(child);
          return child;
        });
  }

  /** {@code copy_files} of kernel/fork.c, without {@code CLONE_FILES}. */
  public void copyFiles(Task current, Task child) {
    if (!current.hasFiles()) {
      return;
    }
    engine.run(
        "copy_files",
        () -> {
          FilesStruct oldf = current.files.get();
          if (oldf != null) {
            child.files.set(sub.fdTable.dupFd(oldf));
          }
        });
  }

  /** {@code copy_mm} of kernel/fork.c. */
  public void copyMm(Task current, Task child, boolean cloneVm) {
    engine.run(
        "copy_mm",
        () -> {
          MmStruct oldmm = current.mm.get();
          if (oldmm == null) {
            return;
          }
          if (cloneVm) {
            sub.fork.mmget(oldmm);
            child.mm.set(oldmm);
          } else {
            child.mm.set(dupMm(oldmm, child.name()));
          }
        });
  }

  /** {@code dup_mm} of kernel/fork.c: the copy has no notifiers. */
  public MmStruct dupMm(MmStruct oldmm, String name) {
    return engine.get(
        "dup_mm",
        () -> {
          MmStruct mm = engine.create(() -> new MmStruct(engine, name));
          dupMmap(mm, oldmm);
          return mm;
        });
  }

  /**
   * {@code dup_mmap} of kernel/fork.c: both are locked while the pages of the old one are made
   * read-only, of which its notifiers are told.
   */
  public void dupMmap(MmStruct mm, MmStruct oldmm) {
    engine.run(
        "dup_mmap",
        () -> {
          oldmm.mmapSem.downWrite();
          mm.mmapSem.downWriteNested(SINGLE_DEPTH_NESTING);
          copyPageRange(oldmm);
          mm.mmapSem.upWrite();
          oldmm.mmapSem.upWrite();
        });
  }

  /**
   * {@code copy_page_range} of mm/memory.c. The end of the range calls {@code invalidate_range},
   * which is all of the notifiers that SVA has of it.
   */
  public void copyPageRange(MmStruct srcMm) {
    engine.run(
        "copy_page_range",
        () -> {
          if (srcMm.mmuNotifierMm.get() != null) {
            sub.mmuNotifiers.__mmuNotifierInvalidateRange(srcMm);
          }
        });
  }
}
