package dev.mmexit.jpf;

/** The thread of a context; says what it waits for, to whoever looks at a deadlock. */
final class ContextThread extends Thread {
  /** Read by the module {@code jpf} where Java PathFinder finds that nobody can go on. */
  @SuppressWarnings({"UnusedVariable", "FieldCanBeLocal"})
  private String waitsFor = "";

  ContextThread(String name, Runnable body) {
    super(body, name);
    setDaemon(true);
  }

  /** Notes what the calling thread waits for; empty where it does not wait. */
  static void waitsFor(String what) {
    if (Thread.currentThread() instanceof ContextThread context) {
      context.waitsFor = what;
    }
  }
}
