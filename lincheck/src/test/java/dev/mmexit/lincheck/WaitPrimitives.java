package dev.mmexit.lincheck;

import dev.mmexit.kernel.threads.ThreadEngine;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jetbrains.lincheck.datastructures.Operation;

/** Like {@link Primitives}: those that wait for what another thread does. */
final class WaitPrimitives {
  private WaitPrimitives() {}

  /** A thread that Lincheck sees, for a work item. */
  private static final class Worker extends Thread {
    private final Runnable item;

    Worker(Runnable item) {
      super("kworker");
      this.item = item;
      setDaemon(true);
    }

    @Override
    public void run() {
      item.run();
    }
  }

  /** A wait for a flag that is cleared with the lock held, before the wake-up. */
  public static class OnWaitQueue {
    private final ThreadEngine engine = new ThreadEngine();
    final Thing thing = new Thing(engine, "a");

    public OnWaitQueue() {
      thing.active.set(true);
      // All are there, so that one may wait for another that has not begun.
      engine.enlist(List.of("await", "nudge", "finish"));
    }

    /** What is waited for. */
    BooleanSupplier condition() {
      return () -> !thing.active.get();
    }

    void clearAndWake() {
      thing.active.set(false);
      thing.queue.wakeUpAll();
    }

    /** Waits; what the one who has ended the wait wrote before. */
    @Operation
    public int await() {
      return engine.perform(
          "await",
          () -> {
            thing.spin.lock();
            thing.queue.waitEventLockIrq(condition(), thing.active, thing.spin, "the flag");
            int value = thing.number.get();
            thing.spin.unlock();
            return value;
          });
    }

    /** A wake-up that is meant for somebody else. */
    @Operation
    public int nudge() {
      return engine.perform(
          "nudge",
          () -> {
            thing.spin.lock();
            thing.queue.wakeUpAll();
            thing.spin.unlock();
            return 0;
          });
    }

    @Operation
    public int finish() {
      return engine.perform(
          "finish",
          () -> {
            thing.spin.lock();
            thing.number.set(1);
            clearAndWake();
            thing.spin.unlock();
            return 0;
          });
    }
  }

  /** Looks at the flag, and not again once it is on the queue. */
  public static class LooksOnce extends OnWaitQueue {
    @Override
    BooleanSupplier condition() {
      boolean[] before = {!thing.active.get()};
      int[] asked = new int[1];
      thing.spin.unlock();
      // The lock is free for a moment, as if it had been looked at without it.
      thing.spin.lock();
      return () -> asked[0]++ < 2 ? before[0] : !thing.active.get();
    }
  }

  /** Takes any wake-up for the end of its wait. */
  public static class LooksNoMore extends OnWaitQueue {
    @Override
    BooleanSupplier condition() {
      int[] asked = new int[1];
      return () -> asked[0]++ == 2 || !thing.active.get();
    }
  }

  /** Wakes before there is a reason, and not afterwards. */
  public static class WakesTooEarly extends OnWaitQueue {
    @Override
    void clearAndWake() {
      thing.queue.wakeUpAll();
      thing.spin.unlock();
      thing.spin.lock();
      thing.active.set(false);
    }
  }

  /** The specification of these. */
  public static class Finished {
    public int await() {
      return 1;
    }

    public int nudge() {
      return 0;
    }

    public int finish() {
      return 0;
    }
  }

  /** Work that is waited for. */
  public static class OnWorkqueue {
    private final ThreadEngine engine =
        new ThreadEngine((Executor) task -> new Worker(task).start());
    private final Thing thing = new Thing(engine, "a");

    public OnWorkqueue() {
      engine.enlist(List.of());
    }

    void flush() {
      thing.work.flush();
    }

    /** Queues a work item and waits for it; whether it has run. */
    @Operation
    public int queueAndFlush() {
      return engine.perform(
          "queueAndFlush",
          () -> {
            Thing done = new Thing(engine, "done");
            thing.work.queueWork("item", () -> done.number.set(1));
            flush();
            return done.number.get();
          });
    }
  }

  /** Does not wait. */
  public static class NoFlush extends OnWorkqueue {
    @Override
    void flush() {}
  }

  /** The specification of these. */
  public static class Done {
    public int queueAndFlush() {
      return 1;
    }
  }
}
