package dev.mmexit.mm;

import dev.mmexit.kernel.Engine;

/** fs/exec.c: a task begins another program. */
public final class Exec {
  private final MmSubsystem sub;
  private final Engine engine;

  Exec(MmSubsystem sub) {
    this.sub = sub;
    engine = sub.engine;
  }

  /**
   * {@code do_execveat_common} of fs/exec.c, up to where the new program would start. {@code
   * cred_guard_mutex} is held from {@code prepare_bprm_creds} to {@code install_exec_creds}; no
   * signal is ever pending, so that it is always got. The task is the only one of its process, and
   * does not share its table of files.
   *
   * @param name the new address space's name for reports
   */
  public int doExecveatCommon(Task tsk, String name) {
    return engine.call(
        "do_execveat_common",
        () -> {
          prepareBprmCreds(tsk);
          MmStruct mm = bprmMmInit(name);
          flushOldExec(tsk, mm);
          installExecCreds(tsk);
          return 0;
        });
  }

  private void prepareBprmCreds(Task tsk) {
    engine.run("prepare_bprm_creds", () -> tsk.signal.credGuardMutex.lock());
  }

  private MmStruct bprmMmInit(String name) {
    return engine.get("bprm_mm_init", () -> engine.create(() -> new MmStruct(engine, name)));
  }

  private void installExecCreds(Task tsk) {
    engine.run("install_exec_creds", () -> tsk.signal.credGuardMutex.unlock());
  }

  /** {@code flush_old_exec} of fs/exec.c: the point of no return. */
  public void flushOldExec(Task tsk, MmStruct mm) {
    engine.run(
        "flush_old_exec",
        () -> {
          execMmap(tsk, mm);
          FilesStruct files = tsk.hasFiles() ? tsk.files.get() : null;
          if (files != null) {
            sub.fdTable.doCloseOnExec(files);
          }
        });
  }

  /** {@code exec_mmap} of fs/exec.c: the new address space for the old one. */
  public void execMmap(Task tsk, MmStruct mm) {
    engine.run(
        "exec_mmap",
        () -> {
          MmStruct oldMm = tsk.mm.get();
          if (oldMm != null) {
            oldMm.mmapSem.downRead();
          }
          tsk.allocLock.lock();
          tsk.mm.set(mm);
          tsk.allocLock.unlock();
          if (oldMm != null) {
            oldMm.mmapSem.upRead();
            sub.fork.mmput(oldMm);
          }
        });
  }
}
