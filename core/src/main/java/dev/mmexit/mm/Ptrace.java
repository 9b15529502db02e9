package dev.mmexit.mm;

import dev.mmexit.kernel.Engine;

/** kernel/ptrace.c: who may look into whose memory. */
public final class Ptrace {
  private final MmSubsystem sub;
  private final Engine engine;

  Ptrace(MmSubsystem sub) {
    this.sub = sub;
    engine = sub.engine;
  }

  /**
   * {@code ptrace_may_access} of kernel/ptrace.c with {@code PTRACE_MODE_ATTACH_REALCREDS}: root
   * may, and so may the owner.
   */
  public boolean ptraceMayAccess(Task task) {
    return engine.call(
            "ptrace_may_access",
            () -> {
              Task current = sub.current();
              return current == null || current.uid == 0 || current.uid == task.uid ? 1 : 0;
            })
        != 0;
  }
}
