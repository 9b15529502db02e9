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
    this.mm.set(mm);
  }

  /** A process of one thread. */
  public Task(Engine engine, String name, int pid, int uid, @Nullable MmStruct mm) {
    this(engine, name, pid, uid, mm, new SignalStruct(engine));
    signal.nameIt(name);
  }
}
