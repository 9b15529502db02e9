package dev.mmexit.lincheck;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Leads from the classes that Lincheck looks at to the run that is under way. Lincheck is told to
 * ignore what is called through this. It holds a lock of the whole Java virtual machine, so there
 * is one run at most.
 */
final class Current {
  private static @Nullable Run run;

  private Current() {}

  /** What Lincheck runs. */
  interface Run {
    /** A new execution begins. */
    void begin();

    /** An execution has ended; whether it is one that Lincheck may go on after. */
    boolean end();

    /** Runs what {@code name} stands for on the calling thread, one of Lincheck's. */
    int run(String name);
  }

  static void set(@Nullable Run newRun) {
    run = newRun;
  }

  static @Nullable Run current() {
    return run;
  }

  private static Run get() {
    Run current = run;
    if (current == null) {
      throw new IllegalStateException("no run is under way");
    }
    return current;
  }

  /** A new execution begins. */
  static void begin() {
    get().begin();
  }

  /** An execution has ended; whether Lincheck may go on. */
  static boolean end() {
    return get().end();
  }

  /** Runs a thread of the scenario, or an operation. */
  static int run(String name) {
    return get().run(name);
  }

  /** Runs a work item or a callback. */
  static void run(Runnable context) {
    context.run();
  }

  /** Asks whether something is still to be waited for. */
  static boolean ask(BooleanSupplier blocked) {
    return blocked.getAsBoolean();
  }
}
