package dev.mmexit.explorer.search;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Passes work between the workers, and knows when there is none left. */
final class TaskPool {
  private final int workers;
  private final Deque<Task> tasks = new ArrayDeque<>();
  private int waiting;
  private volatile boolean hungry;
  private boolean ended;

  TaskPool(int workers) {
    this.workers = workers;
  }

  /** Whether someone waits for work. */
  boolean isHungry() {
    return hungry;
  }

  synchronized void give(Task task) {
    tasks.add(task);
    hungry = waiting > tasks.size();
    notifyAll();
  }

  /** The next task; null when everything is explored, or the search was ended. */
  synchronized @Nullable Task take() throws InterruptedException {
    waiting++;
    while (tasks.isEmpty() && !ended) {
      if (waiting == workers) {
        ended = true;
        notifyAll();
        break;
      }
      hungry = true;
      wait();
    }
    waiting--;
    hungry = waiting > tasks.size();
    return ended ? null : tasks.poll();
  }

  /** Ends the search for every worker. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }
}
