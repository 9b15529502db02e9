package dev.mmexit.mm;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Flag;
import dev.mmexit.kernel.Ref;
import dev.mmexit.kernel.SpinLock;
import dev.mmexit.kernel.Struct;
import org.jspecify.annotations.Nullable;

/** {@code struct task_struct}: a thread. */
public final class Task extends Struct {
  public final Ref<MmStruct> mm = ref("mm");

  /** {@code task_lock()}. */
  public final SpinLock allocLock = spinLock("alloc_lock");

  /** Whether it is a zombie. */
  public final Flag exitState = flag("exit_state");

  /** Its descriptors. */
  public final Ref<FilesStruct> files = ref("files");

  /** What it does before it goes back to user mode. */
  final Ref<CallbackHead> taskWorks = ref("task_works");

  /** Whether its exit has run {@link #taskWorks}: {@code work_exited}. */
  final Flag taskWorksClosed = flag("task_works closed");

  private final Ref<SignalStruct> signalField = ref("signal");

  /** What the threads of the process share; never changes. */
  public final SignalStruct signal;

  /** The number that user space knows it by. */
  public final int pid;

  /** Whose it is. */
  public final int uid;

  /** A task that shares {@code signal} with the other threads of its process. */
  public Task(
      Engine engine, String name, int pid, int uid, @Nullable MmStruct mm, SignalStruct signal) {
    super(engine, "task_struct", "task");
    nameIt(name);
    this.pid = pid;
    this.uid = uid;
    this.signal = signal;
    signalField.set(signal);
    this.mm.set(mm);
  }

  /** A process of one thread. */
  public Task(Engine engine, String name, int pid, int uid, @Nullable MmStruct mm) {
    this(engine, name, pid, uid, mm, new SignalStruct(engine));
    signal.nameIt(name);
  }

  /**
   * Whether it has a table of files. Where a scenario opens none no task has; else each does until
   * its own exit, and nobody else looks.
   */
  boolean hasFiles() {
    return files.now() != null;
  }
}
