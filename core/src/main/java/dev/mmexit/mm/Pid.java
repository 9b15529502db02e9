package dev.mmexit.mm;

import dev.mmexit.kernel.Engine;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** kernel/pid.c: tasks by number. */
public final class Pid {
  private final Engine engine;

  /** Filled before any race; a zombie stays in it, as nobody waits for it. */
  private final Map<Integer, Task> tasks = new TreeMap<>();

  Pid(MmSubsystem sub) {
    engine = sub.engine;
  }

  /** Makes a task known. */
  public void add(Task task) {
    tasks.put(task.pid, task);
  }

  /**
   * {@code find_get_task_by_vpid} of kernel/pid.c. The reference to the task is left out: in the
   * model nobody waits for a zombie, so that the last one is never dropped.
   */
  public @Nullable Task findGetTaskByVpid(int vpid) {
    return engine.get("find_get_task_by_vpid", () -> tasks.get(vpid));
  }
}
