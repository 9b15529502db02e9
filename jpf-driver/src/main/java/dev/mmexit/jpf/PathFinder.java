package dev.mmexit.jpf;

import dev.mmexit.kernel.Cell;
import dev.mmexit.kernel.Context;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Java PathFinder as the scheduler. Its native methods are carried out by the model checker itself,
 * by its native peer in the module {@code jpf}; without Java PathFinder there is nothing to call.
 */
final class PathFinder implements Scheduler {
  @Override
  public void start(Thread thread) {
    thread.start();
  }

  @Override
  public void join(List<? extends Thread> threads) {
    try {
      for (int i = 0; i < threads.size(); i++) {
        threads.get(i).join();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void begin() {
    // Java PathFinder runs one thread at a time anyway.
  }

  @Override
  public void end() {
    // Nobody waits for the calling thread's turn.
  }

  @Override
  public boolean isContended(long place, Context context, Access access) {
    return isContended(place, context, access != Access.LOOK);
  }

  private static native boolean isContended(long place, Context context, boolean changes);

  @Override
  public native void point();

  /** In the monitor of the cell, so that Java PathFinder sees who can go on and who cannot. */
  @Override
  public void await(Cell cell, BooleanSupplier blocked) {
    ContextThread.current().waitsFor(cell.describe());
    try {
      synchronized (cell) {
        while (blocked.getAsBoolean()) {
          cell.wait();
        }
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
    ContextThread.current().waitsFor("");
  }

  @Override
  public void wake(Cell cell) {
    synchronized (cell) {
      cell.notifyAll();
    }
  }

  @Override
  public native boolean choose();

  @Override
  public native void found(String kind, String sentence);

  @Override
  public native void ended(String state, boolean satisfies);

  @Override
  public native void leave();
}
