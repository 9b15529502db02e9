package dev.mmexit.explorer.result;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thread as it stood at the end of an interleaving.
 *
 * @param name the thread's name in the scenario
 * @param task the task that it runs as
 * @param status how far it had come
 * @param waitsFor what a blocked thread waits for; null where it is not blocked
 * @param endedBy who would end the wait; null where it is not blocked or nobody would
 * @param holds the locks that it holds, in the order in which it took them
 * @param stack the functions that it is in, innermost first
 */
public record ThreadReport(
    String name,
    String task,
    ThreadStatus status,
    @Nullable String waitsFor,
    @Nullable String endedBy,
    List<String> holds,
    List<String> stack) {
  public ThreadReport {
    holds = List.copyOf(holds);
    stack = List.copyOf(stack);
  }

  /** Its name, with its task where that is another. */
  public String title() {
    return name.equals(task) || task.isEmpty() ? name : name + " (" + task + ")";
  }
}
