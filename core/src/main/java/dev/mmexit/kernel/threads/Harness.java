package dev.mmexit.kernel.threads;

import dev.mmexit.kernel.Cell;
import dev.mmexit.kernel.Context;
import dev.mmexit.kernel.KernelBug;
import dev.mmexit.kernel.Op;
import dev.mmexit.kernel.Struct;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a program that runs a {@link ThreadEngine} under a scheduler of its own decides and is told.
 * Each method but the executor's does nothing unless it is overridden, and then the engine is the
 * one of real threads.
 */
public interface Harness extends Executor {
  /**
   * Called where the set-up waits: runs what {@link #execute} has been given meanwhile, on the
   * calling thread.
   *
   * @return whether there was anything to run
   */
  default boolean idle() {
    return false;
  }

  /**
   * Whether one thread at a time runs, and another one only after {@link #before}, {@link
   * #beforeFree}, {@link #beforeBug}, {@link #await} or {@link #wake}. Operations are then carried
   * out without monitors, and this has to wait and wake.
   */
  default boolean isSerial() {
    return false;
  }

  /**
   * Whether the scheduler sees for itself that nobody can go on. The engine does not look for
   * deadlocks then, and a world in one never ends.
   */
  default boolean findsDeadlocks() {
    return false;
  }

  /**
   * A context stands before an access. In a serial world it can make it: who has to wait comes here
   * no more, and waits at once.
   *
   * @param op the operation; null for a plain access
   * @param writes whether a plain access is a write
   */
  default void before(Context context, Cell cell, @Nullable Op op, boolean writes) {}

  /** An operation of a serial world has been carried out, after any wait. */
  default void after(Context context, Cell cell, Op op) {}

  /** A device has looked at a cell, in the middle of an operation of this context. */
  default void touched(Context context, Cell cell) {}

  /** A context stands before {@code kfree}. */
  default void beforeFree(Context context, Struct struct) {}

  /** A context stands before the end of the world. */
  default void beforeBug(Context context, KernelBug bug) {}

  /** The world has ended, and who is still in it is going to be unwound; said more than once. */
  default void ended() {}

  /** A context has started another one. */
  default void spawned(Context parent, Context child) {}

  /** There is a new struct. */
  default void allocated(Struct struct) {}

  /** Whether a call of this context that may fail does. */
  default boolean choose(Context context) {
    return false;
  }

  /**
   * Has a context wait as long as {@code blocked} says so; asked again after each {@link #wake} of
   * the cell.
   */
  default void await(Context context, Cell cell, BooleanSupplier blocked) {
    throw new UnsupportedOperationException("only a serial harness waits");
  }

  /** Has those that wait on a cell ask again. */
  default void wake(Cell cell) {
    throw new UnsupportedOperationException("only a serial harness wakes");
  }
}
