package dev.mmexit.mm;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Ref;
import dev.mmexit.kernel.Struct;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** kernel/pid.c: tasks by number. */
public final class Pid {
  private final Engine engine;

  /** Filled before any race; a zombie stays in it, as nobody waits for it. */
  private final Map<Integer, Task> tasks = new TreeMap<>();

  /** The numbers of tasks that are made later; filled before any race too. */
  private final Map<Integer, PidStruct> reserved = new TreeMap<>();

  Pid(MmSubsystem sub) {
    engine = sub.engine;
  }

  /** Makes a task known. */
  public void add(Task task) {
    tasks.put(task.pid, task);
  }

  /** Keeps a number for a task that is yet to be made. */
  public void reserve(int pid) {
    reserved.put(pid, new PidStruct(engine, pid));
  }

  /** {@code attach_pid} of kernel/pid.c: from here a new task can be found. */
  public void attachPid(Task task) {
    PidStruct number = reserved.get(task.pid);
    if (number == null) {
      throw new IllegalArgumentException("pid " + task.pid + " is not reserved");
    }
    engine.run("attach_pid", () -> number.task.writeOnce(task));
  }

  /**
   * {@code find_get_task_by_vpid} of kernel/pid.c. The reference to the task is left out: in the
   * model nobody waits for a zombie, so that the last one is never dropped.
   */
  public @Nullable Task findGetTaskByVpid(int vpid) {
    return engine.get(
        "find_get_task_by_vpid",
        () -> {
          PidStruct number = reserved.get(vpid);
          return number == null ? tasks.get(vpid) : number.task.readOnce();
        });
  }

  /** {@code struct pid}: an entry of an RCU list. */
  private static final class PidStruct extends Struct {
    final Ref<Task> task = ref("tasks");

    PidStruct(Engine engine, int pid) {
      super(engine, "pid", "pid", Storage.STATIC);
      nameIt(String.valueOf(pid));
    }
  }
}
