package dev.mmexit.kernel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code struct workqueue_struct}: every item runs in a kworker of its own, concurrently. */
public final class Workqueue extends Cell {
  /** A workqueue in {@code struct}. */
  public Workqueue(Struct struct, String label) {
    super(struct, label);
  }

  /** {@code queue_work}, for an item that is not queued already. */
  public void queueWork(String what, Runnable item) {
    Context[] worker = new Context[1];
    worker[0] =
        engine()
            .spawn(
                "kworker",
                this,
                Op.START,
                null,
                () -> {
                  item.run();
                  act(Op.WORK_DONE, null);
                });
    act(Op.QUEUE_WORK, worker[0]);
    if (engine().isRecording()) {
      engine().tell(Event.Kind.SPAWN, "queue_work " + what + " on " + label());
    }
  }

  /** {@code flush_workqueue}: sleeps until every item that is queued has run. */
  public void flush() {
    engine().checkMaySleep(this, Op.FLUSH_WORKQUEUE);
    engine().await(this, null);
    Object pending = act(Op.WORK_SNAPSHOT, null);
    if (pending != null) {
      act(Op.FLUSH_WORKQUEUE, pending);
    }
    if (engine().isRecording()) {
      engine().tell(Event.Kind.SYNC, "flush_workqueue " + label());
    }
  }

  @Override
  public boolean ready(Op op, @Nullable Object argument, Context context) {
    return switch (op) {
      // A kworker exists before its item is on the queue.
      case START -> pending().has(context);
      case FLUSH_WORKQUEUE -> blockers(op, argument, context).isEmpty();
      default -> true;
    };
  }

  @Override
  public @Nullable Object apply(Op op, @Nullable Object argument, Context context) {
    Contexts pending = pending();
    switch (op) {
      case QUEUE_WORK -> {
        if (argument instanceof Context worker) {
          update(pending.with(worker));
        }
        return null;
      }
      case WORK_DONE -> {
        Contexts rest = pending.without(context);
        update(rest.isEmpty() ? null : rest);
        return null;
      }
      case WORK_SNAPSHOT -> {
        return pending.isEmpty() ? null : pending;
      }
      default -> {
        return null;
      }
    }
  }

  @Override
  public List<Context> blockers(Op op, @Nullable Object argument, Context context) {
    return argument instanceof Contexts then
        ? then.list().stream().filter(pending()::has).toList()
        : List.of();
  }

  @Override
  public String awaited(Op op, @Nullable Object argument) {
    return "the work on " + label();
  }

  private Contexts pending() {
    return peek() instanceof Contexts pending ? pending : Contexts.NONE;
  }

  @Override
  public String text(@Nullable Object of) {
    return of instanceof Contexts pending ? pending.names() : "empty";
  }
}
