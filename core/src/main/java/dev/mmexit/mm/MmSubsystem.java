package dev.mmexit.mm;

import dev.mmexit.kernel.Engine;
import org.jspecify.annotations.Nullable;

/** The functions of this package, by C file, and their static variables. */
public final class MmSubsystem {
  public final Engine engine;
  public final MmGlobals globals;

  /** The devices, which share page tables with the CPU. */
  public final PageTableUser devices;

  public final Fork fork;
  public final CopyProcess copyProcess;
  public final Exec exec;
  public final Exit exit;
  public final Mmap mmap;
  public final Memory memory;
  public final MmuNotifiers mmuNotifiers;
  public final Ptrace ptrace;
  public final Pid pid;
  public final FileTable fileTable;
  public final FdTable fdTable;
  public final TaskWork taskWork;

  /** Boots it. */
  public MmSubsystem(Engine engine, PageTableUser devices) {
    this.engine = engine;
    this.devices = devices;
    globals = new MmGlobals(engine);
    fork = new Fork(this);
    copyProcess = new CopyProcess(this);
    exec = new Exec(this);
    exit = new Exit(this);
    mmap = new Mmap(this);
    memory = new Memory(this);
    mmuNotifiers = new MmuNotifiers(this);
    ptrace = new Ptrace(this);
    pid = new Pid(this);
    fileTable = new FileTable(this);
    fdTable = new FdTable(this);
    taskWork = new TaskWork(this);
  }

  /** {@code current}: null in a kworker or a callback. */
  public @Nullable Task current() {
    return (Task) engine.current().task();
  }
}
