package dev.mmexit.explorer.coroutine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Coroutines on threads of which one runs at a time: for JDKs without continuations. */
final class HandOverThreads implements Coroutines {
  private static final int SPINS = Runtime.getRuntime().availableProcessors() > 1 ? 2000 : 0;

  private final Deque<Carrier> idle = new ArrayDeque<>();
  private final List<Carrier> all = new ArrayList<>();

  @Override
  public Coroutine create(Runnable body) {
    Carrier carrier = idle.poll();
    if (carrier == null) {
      carrier = new Carrier();
      all.add(carrier);
      carrier.start();
    }
    return new OnThread(carrier, body);
  }

  @Override
  public String kind() {
    return "hand-over threads";
  }

  @Override
  public void close() {
    for (Carrier carrier : all) {
      carrier.stopped = true;
      carrier.give();
    }
    all.clear();
    idle.clear();
  }

  /** Unwinds a body that is given up. */
  private static final class Abandoned extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Abandoned() {
      super("abandoned", null, false, false);
    }
  }

  @SuppressWarnings("StaticAssignmentOfThrowable") // it has no stack trace
  private static final Abandoned ABANDONED = new Abandoned();

  private final class OnThread implements Coroutine {
    private final Carrier carrier;
    private @Nullable Runnable body;
    private boolean started;
    private boolean done;

    OnThread(Carrier carrier, Runnable body) {
      this.carrier = carrier;
      this.body = body;
    }

    @Override
    public void resume() {
      if (!started) {
        started = true;
        carrier.body = body;
        body = null;
      }
      carrier.give();
      carrier.awaitReturn();
      Throwable thrown = carrier.thrown;
      if (carrier.body == null) {
        done = true;
        idle.push(carrier);
      }
      if (thrown != null) {
        carrier.thrown = null;
        if (thrown instanceof Error error) {
          throw error;
        }
        throw (RuntimeException) thrown;
      }
    }

    @Override
    public void suspend() {
      carrier.giveBack();
      carrier.awaitTurn();
      if (carrier.abandoned || carrier.stopped) {
        throw ABANDONED;
      }
    }

    @Override
    public void abandon() {
      if (done) {
        return; // The carrier may run another body already.
      }
      if (!started) {
        done = true;
        idle.push(carrier);
        return;
      }
      carrier.abandoned = true;
      resume();
      carrier.abandoned = false;
    }
  }

  /** A pooled thread. The fields are handed over with the turn. */
  private static final class Carrier extends Thread {
    private volatile boolean turn;
    private volatile @Nullable Thread giver;
    private volatile boolean stopped;
    private boolean abandoned;
    private @Nullable Runnable body;
    private @Nullable Throwable thrown;

    Carrier() {
      super("mmexit coroutine");
      setDaemon(true);
    }

    @Override
    public void run() {
      while (true) {
        awaitTurn();
        Runnable task = body;
        if (stopped || task == null) {
          return;
        }
        try {
          task.run();
        } catch (Abandoned givenUp) {
          // Unwound as asked.
        } catch (RuntimeException | Error failure) {
          thrown = failure;
        }
        body = null;
        boolean last = stopped;
        giveBack();
        if (last) {
          return; // Unwound by close(): nobody gives it another turn.
        }
      }
    }

    void give() {
      giver = Thread.currentThread();
      turn = true;
      LockSupport.unpark(this);
    }

    void awaitReturn() {
      for (int i = 0; turn; i++) {
        if (i < SPINS) {
          Thread.onSpinWait();
        } else {
          LockSupport.park(this);
        }
      }
    }

    void giveBack() {
      Thread other = giver;
      turn = false;
      LockSupport.unpark(other);
    }

    void awaitTurn() {
      for (int i = 0; !turn; i++) {
        if (i < SPINS) {
          Thread.onSpinWait();
        } else {
          LockSupport.park(this);
        }
      }
    }
  }
}
