package dev.mmexit.lincheck;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where Lincheck may switch threads while a scenario runs on a {@link SerialHarness}: this is all
 * of the run that it looks at. The rest is called through {@link Current}. What Lincheck is to know
 * of a method (see {@link LincheckRun#guarantees}) it heeds where the method is called from here
 * only, so that there are two of each.
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
    startQuietly(context);
  }

  private static void startQuietly(Runnable context) {
    Started thread = new Started(context);
    if (Thread.currentThread() instanceof Started parent) {
      thread.sibling = parent.child;
      parent.child = thread;
    }
    thread.start();
  }

  /**
   * The thread of a work item or a callback. It waits for those that it has started: at the end of
   * an execution, Lincheck waits only for threads that it knew when the scenario's own had ended.
   * They are chained by hand: where Lincheck has looked at a class of the JDK's once, that is slow
   * everywhere.
   */
  private static final class Started extends Thread {
    private final Runnable context;

    /** The last that it has started. */
    private @Nullable Started child;

    /** The one that its parent has started before. */
    private @Nullable Started sibling;

    Started(Runnable context) {
      super("mmexit-context");
      this.context = context;
      setDaemon(true);
    }

    @Override
    public void run() {
      Current.run(context);
      joinQuietly(this);
    }
  }

  private static void joinQuietly(Started parent) {
    try {
      for (Started child = parent.child; child != null; child = child.sibling) {
        // Lincheck knows the method by the class that it is called on.
        Thread thread = child;
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits in the monitor of {@code monitor} as long as {@code blocked} says so. */
  static void await(Object monitor, BooleanSupplier blocked) {
    awaitQuietly(monitor, blocked);
  }

  private static void awaitQuietly(Object monitor, BooleanSupplier blocked) {
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
    wakeQuietly(monitor);
  }

  private static void wakeQuietly(Object monitor) {
    synchronized (monitor) {
      monitor.notifyAll();
    }
  }

  /** Runs a thread of the scenario, or an operation. */
  static int run(String name) {
    return Current.run(name);
  }
}
