package dev.mmexit.stress.ordering;

import dev.mmexit.kernel.KernelBug;
import dev.mmexit.kernel.threads.ThreadEngine;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.IntSupplier;

/** A world with nothing in it but what a test of one primitive needs. */
public abstract class SmallWorld {
  private static final VarHandle BEGUN = begunHandle();

  /** What runs it. */
  protected final ThreadEngine engine = new ThreadEngine();

  @SuppressWarnings("UnusedVariable") // counted through BEGUN
  private int begun;

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

  /**
   * Runs one of two operations that may wait for each other. Neither goes on before both are in the
   * world, as one that waits for a context that has not come yet would be taken for stuck.
   */
  protected final String performTogether(String name, IntSupplier operation) {
    return perform(
        name,
        () -> {
          BEGUN.getAndAdd(this, 1);
          while ((int) BEGUN.getAcquire(this) < 2) {
            Thread.onSpinWait();
          }
          return operation.getAsInt();
        });
  }

  /** What became of the kworkers and callbacks: the kind of the bug that one met, or {@code ok}. */
  protected final String atRest() {
    engine.settle();
    KernelBug bug = engine.result().bug();
    return bug == null ? "ok" : bug.kind().label();
  }

  private static VarHandle begunHandle() {
    try {
      return MethodHandles.lookup().findVarHandle(SmallWorld.class, "begun", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
