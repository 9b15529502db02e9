package dev.mmexit.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code struct rw_semaphore}. Fair: a writer that queues holds later readers back, and the queue
 * is served in order.
 */
public final class RwSemaphore extends Cell {
  RwSemaphore(Struct struct, String label) {
    super(struct, label);
  }

  /** {@code down_read}. */
  public void downRead() {
    down(Op.DOWN_READ, 0);
  }

  /** {@code down_write}. */
  public void downWrite() {
    downWriteNested(0);
  }

  /**
   * {@code down_write_nested}: as {@link #downWrite}, told to lockdep as another class of locks.
   *
   * @param subclass the number of that class; 0 for that of {@link #downWrite}
   */
  public void downWriteNested(int subclass) {
    down(Op.DOWN_WRITE, subclass);
  }

  private void down(Op op, int subclass) {
    if (!Boolean.TRUE.equals(act(op, subclass == 0 ? null : subclass))) {
      act(Op.RWSEM_GRANTED, null);
    }
    if (engine().isRecording()) {
      engine().tell(Event.Kind.SYNC, op.text() + " " + expression());
    }
  }

  /** {@code up_read}. */
  public void upRead() {
    act(Op.UP_READ, null);
    if (engine().isRecording()) {
      engine().tell(Event.Kind.SYNC, "up_read " + expression());
    }
  }

  /** {@code up_write}. */
  public void upWrite() {
    act(Op.UP_WRITE, null);
    if (engine().isRecording()) {
      engine().tell(Event.Kind.SYNC, "up_write " + expression());
    }
  }

  @Override
  public boolean ready(Op op, @Nullable Object argument, Context context) {
    return op != Op.RWSEM_GRANTED || state().holds(context);
  }

  @Override
  public @Nullable Object apply(Op op, @Nullable Object argument, Context context) {
    State now = state();
    switch (op) {
      case DOWN_READ, DOWN_WRITE -> {
        if (now.holds(context)) {
          throw misuse(context.name() + " takes " + describe() + ", which it holds already,");
        }
        State then = now.take(context, op == Op.DOWN_WRITE);
        put(then);
        return then.holds(context);
      }
      case UP_READ, UP_WRITE -> {
        boolean held = op == Op.UP_WRITE ? now.writer == context : now.readers.has(context);
        if (!held) {
          throw misuse(context.name() + " releases " + describe() + ", which it does not hold,");
        }
        put(now.release(context).grant());
        return null;
      }
      default -> {
        return null;
      }
    }
  }

  @Override
  public List<Context> blockers(Op op, @Nullable Object argument, Context context) {
    return state().holders();
  }

  @Override
  public String held() {
    return "holds " + expression();
  }

  @Override
  boolean isHeldBy(Context context) {
    return state().holds(context);
  }

  /** Who holds it, for reading or writing. */
  public List<Context> holders() {
    return state().holders();
  }

  @Override
  public String text(@Nullable Object of) {
    return of instanceof State state ? state.words() : "free";
  }

  private State state() {
    return peek() instanceof State state ? state : State.FREE;
  }

  private void put(State state) {
    update(state.isFree() ? null : state);
  }

  private KernelBug misuse(String what) {
    return KernelBug.of(
        FindingKind.LOCK_MISUSE, struct(), what + " in " + engine().here().function());
  }

  /** Holders and queue; immutable. */
  private record State(@Nullable Context writer, Contexts readers, List<Waiter> waiters, long hash)
      implements Canonical {
    static final State FREE = new State(null, Contexts.NONE, List.of(), 1);

    static State of(@Nullable Context writer, Contexts readers, List<Waiter> waiters) {
      long sum = Mix.chain(readers.canonicalHash(), Mix.of(writer));
      for (Waiter waiter : waiters) {
        sum = Mix.chain(sum, waiter.context.canonicalHash() + (waiter.writes ? 1 : 0));
      }
      return new State(writer, readers, waiters, sum);
    }

    String words() {
      String holding =
          writer != null
              ? "write " + writer.name()
              : readers.isEmpty() ? "free" : "read " + readers.names();
      return waiters.isEmpty()
          ? holding
          : waiters.stream()
              .map(waiter -> waiter.context.name())
              .collect(Collectors.joining(", ", holding + ", queue ", ""));
    }

    boolean isFree() {
      return writer == null && readers.isEmpty() && waiters.isEmpty();
    }

    boolean holds(Context context) {
      return writer == context || readers.has(context);
    }

    List<Context> holders() {
      return writer == null ? readers.list() : List.of(writer);
    }

    /** After {@code context} came for it: holding it, or last in the queue. */
    State take(Context context, boolean writes) {
      if (writer != null || !waiters.isEmpty() || (writes && !readers.isEmpty())) {
        return queue(context, writes);
      }
      return writes
          ? of(context, Contexts.NONE, List.of())
          : of(null, readers.with(context), List.of());
    }

    private State queue(Context context, boolean writes) {
      List<Waiter> longer = new ArrayList<>(waiters);
      longer.add(new Waiter(context, writes));
      return of(writer, readers, longer);
    }

    State release(Context context) {
      return writer == context
          ? of(null, readers, waiters)
          : of(writer, readers.without(context), waiters);
    }

    /** Lets in who is first in the queue: one writer alone, or readers up to the next writer. */
    State grant() {
      State state = this;
      while (!state.waiters.isEmpty() && state.writer == null) {
        Waiter first = state.waiters.get(0);
        List<Waiter> rest = state.waiters.subList(1, state.waiters.size());
        if (!first.writes) {
          state = of(null, state.readers.with(first.context), List.copyOf(rest));
        } else if (state.readers.isEmpty()) {
          state = of(first.context, Contexts.NONE, List.copyOf(rest));
        } else {
          break;
        }
      }
      return state;
    }

    @Override
    public long canonicalHash() {
      return hash;
    }
  }

  /** Someone in the queue. */
  private record Waiter(Context context, boolean writes) {}
}
