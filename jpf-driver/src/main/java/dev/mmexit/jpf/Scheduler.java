package dev.mmexit.jpf;

import dev.mmexit.kernel.Cell;
import dev.mmexit.kernel.Context;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * What runs the threads of a {@link Driver}, one at a time, and is told what they show. {@link
 * PathFinder} is the one of Java PathFinder; tests have one that needs no model checker.
 */
interface Scheduler {
  /** How an access bears on others to the same place. */
  enum Access {
    /** It only looks: two of this kind do not disturb each other. */
    LOOK,
    /** It may change what others find, or whether they can go on. */
    CHANGE,
    /** It gives something up, which only lets others go on. */
    RELEASE
  }

  /** Starts the thread of a context. */
  void start(Thread thread);

  /**
   * Waits until threads have ended.
   *
   * @param threads more may come while this waits
   */
  void join(List<? extends Thread> threads);

  /** The calling thread, which was started here, begins. */
  void begin();

  /** The calling thread, which was started here, is at its end. */
  void end();

  /**
   * Notes that a context is about to access a place in memory, and says whether it is one that
   * contexts contend for: several use it, one of them changes it, and no lock is held at every use.
   *
   * @param place stands for the place in every execution
   */
  boolean isContended(long place, Context context, Access access);

  /** Another context may go on here. */
  void point();

  /** Waits as long as {@code blocked} says so; asked again after each {@link #wake}. */
  void await(Cell cell, BooleanSupplier blocked);

  /** Has those that wait on a cell ask again. */
  void wake(Cell cell);

  /** Chooses one of two ways to go on. */
  boolean choose();

  /**
   * A finding of the current execution.
   *
   * @param kind its label
   */
  void found(String kind, String sentence);

  /**
   * An execution has come to its end.
   *
   * @param state the final state, as text
   * @param satisfies whether the scenario's condition holds
   */
  void ended(String state, boolean satisfies);

  /** Ends the current execution, of which no more is to be said. */
  void leave();
}
