package dev.mmexit.stress.ordering;

import dev.mmexit.kernel.KernelBug;
import dev.mmexit.kernel.threads.ThreadEngine;
import java.util.function.IntSupplier;

/** A world with nothing in it but what a test of one primitive needs. */
public abstract class SmallWorld {
  /** What runs it. */
  protected final ThreadEngine engine = new ThreadEngine();

  /** For tests, each of which is a world. */
  protected SmallWorld() {}

  /** Runs an operation; its result, or the kind of the bug that has ended the world. */
  protected final String perform(String name, IntSupplier operation) {
    try {
      return Integer.toString(engine.perform(name, operation));
    } catch (KernelBug bug) {
      return bug.kind().label();
    }
  }

  /** What became of the kworkers and callbacks: the kind of the bug that one met, or {@code ok}. */
  protected final String atRest() {
    engine.settle();
    KernelBug bug = engine.result().bug();
    return bug == null ? "ok" : bug.kind().label();
  }
}
