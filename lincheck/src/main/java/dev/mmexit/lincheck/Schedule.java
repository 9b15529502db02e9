package dev.mmexit.lincheck;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Where Lincheck may switch threads while a scenario runs on a {@link SerialHarness}: this is all
 * of the run that it looks at. The rest is called through {@link Current}.
 */
final class Schedule {
  private Schedule() {}

  /**
   * A point at which another thread may go on.
   *
   * @param next what the calling one does next, for Lincheck's trace
   */
  static void point(String next) {
    before(next);
  }

  /** To Lincheck an atomic operation on shared memory: see {@link LincheckRun#options}. */
  @SuppressWarnings("UnusedVariable") // it is in the trace
  private static void before(String next) {}

  /** Starts a work item or a callback. */
  static void start(Runnable context) {
    Started thread = new Started(context);
    if (Thread.currentThread() instanceof Started parent) {
      parent.children.add(thread);
    }
    thread.start();
  }

  /**
   * The thread of a work item or a callback. It waits for those that it has started: at the end of
   * an execution, Lincheck waits only for threads that it knew when the scenario's own had ended.
   */
  private static final class Started extends Thread {
    private final Runnable context;
    private final List<Thread> children = new ArrayList<>();

    Started(Runnable context) {
      super("mmexit-context");
      this.context = context;
      setDaemon(true);
    }

    @Override
    public void run() {
      Current.run(context);
      try {
        for (Thread child : children) {
          child.join();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Waits in the monitor of {@code monitor} as long as {@code blocked} says so. */
  static void await(Object monitor, BooleanSupplier blocked) {
    try {
      synchronized (monitor) {
        while (Current.ask(blocked)) {
          monitor.wait();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Has those that wait in the monitor of {@code monitor} ask again. */
  static void wake(Object monitor) {
    synchronized (monitor) {
      monitor.notifyAll();
    }
  }

  /** Runs a thread of the scenario, or an operation. */
  static int run(String name) {
    return Current.run(name);
  }
}
