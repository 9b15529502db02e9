package dev.mmexit.kernel.threads;

import dev.mmexit.kernel.Cell;
import dev.mmexit.kernel.Context;
import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Event;
import dev.mmexit.kernel.EventSink;
import dev.mmexit.kernel.KernelBug;
import dev.mmexit.kernel.Op;
import dev.mmexit.kernel.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs a world on real threads, for jcstress, Lincheck and plain tests.
 *
 * <p><b>Memory.</b> A plain access is a plain access to a Java field. {@code READ_ONCE} and {@code
 * WRITE_ONCE} are an acquiring and a releasing one. Every other operation is carried out in the
 * monitor of its cell, so that the release of a lock happens before its next acquisition; two
 * primitives order nothing for each other, as long as nobody has to wait.
 *
 * <p><b>Waiting.</b> An operation that is not ready waits in the monitor of its cell, without a
 * time limit; whoever acts on the cell notifies it. Whether an operation is ready depends on its
 * cell alone, so nobody else has to.
 *
 * <p><b>Deadlocks are exact.</b> The {@link World} knows every context, and which of them wait:
 * each says so itself, before it waits and after it was woken. When the last one that runs waits or
 * ends, all are looked at under the world's monitor. None of them can move then without that
 * monitor, so what they wait on cannot change: if the operation of one is ready, its wake-up is on
 * its way and it goes on; if none is, nothing can ever happen again, and the world is ended. The
 * monitors are nested in one order, a cell's before the world's, and never one cell's in another's.
 *
 * <p><b>The end.</b> When a context throws a {@link KernelBug}, or there is a deadlock, the others
 * are unwound: those that wait at once, those that run at their next access. A context that makes
 * ten million accesses goes round without end. The frames of an unwound context stay.
 *
 * <p>Code on a thread that is in no context is the set-up and runs as {@code init}, until the first
 * {@link #runAll} or {@link #perform}; after a {@code runAll} it may go on. An {@link EventSink} is
 * called by all threads at once, and hears of events in no exact order.
 */
public final class ThreadEngine extends Engine {
  private static final Executor POOL =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "mmexit-context");
            thread.setDaemon(true);
            return thread;
          });

  private final World world;
  private final Harness harness;
  private final ContextThreads threads;

  /** A world whose contexts run on pooled daemon threads. */
  public ThreadEngine() {
    this(POOL);
  }

  /**
   * A world whose contexts run on threads of the caller's choice.
   *
   * @param executor starts each context on a thread of its own, at once
   */
  public ThreadEngine(Executor executor) {
    this((Harness) executor::execute);
  }

  /** A world that runs under a scheduler of the caller's. */
  public ThreadEngine(Harness harness) {
    this.harness = harness;
    world = new World(!harness.findsDeadlocks());
    threads = new ContextThreads(world, harness);
  }

  /**
   * Runs threads, and what they spawn, until all have ended.
   *
   * <p>When the calling thread is interrupted, so are they, and the run fails.
   *
   * @throws RuntimeException what a body threw that is no {@link KernelBug}; errors likewise
   */
  public RunResult runAll(List<Body> bodies) {
    threads.run(bodies);
    return world.result();
  }

  /** Runs threads that are called {@code T0}, {@code T1} and so on. */
  public RunResult runAll(Runnable... bodies) {
    List<Body> named = new ArrayList<>();
    for (Runnable body : bodies) {
      named.add(new Body("T" + named.size(), body));
    }
    return runAll(named);
  }

  /**
   * Ends the set-up and lets contexts in, each of which has to {@link #perform} under its name
   * once. As they are in the world from now on, nobody is taken for deadlocked who waits for one
   * that has not begun.
   */
  public void enlist(List<String> names) {
    world.enlist(names);
  }

  /**
   * Runs one operation on the calling thread, which is a context of the world meanwhile: for
   * harnesses that have threads of their own. A deadlock is one of the contexts that are in the
   * world at that moment: an operation that has not begun yet cannot end anybody's wait.
   *
   * @return what {@code operation} returns
   * @throws KernelBug the bug or deadlock that ended the world, in every operation that it stopped
   */
  public int perform(String name, IntSupplier operation) {
    return threads.perform(name, operation);
  }

  /**
   * Waits until the work items and callbacks have ended: those that the set-up has left behind, or
   * that operations have which were {@link #perform performed}. Not for a serial harness.
   *
   * @throws RuntimeException what one of them threw that is no {@link KernelBug}; errors likewise
   */
  public void settle() {
    world.awaitSpawned();
  }

  /** What has happened so far: for after {@link #perform}. */
  public RunResult result() {
    return world.result();
  }

  /** The contexts that have not ended, in the order in which they began. */
  public List<Context> contexts() {
    return world.contexts();
  }

  @Override
  public Context current() {
    return threads.current();
  }

  @Override
  protected @Nullable Object read(Cell cell) {
    return plain(cell, "read", false).peek();
  }

  @Override
  protected void write(Cell cell, @Nullable Object value) {
    plain(cell, "written", true).poke(value);
  }

  /** Lets a harness have others go first; the field that is at the address then. */
  private Cell plain(Cell asked, String how, boolean writes) {
    harness.before(threads.step(), asked, null, writes);
    if (!harness.isSerial()) {
      return asked;
    }
    Cell cell = asked.resolved();
    cell.struct().use(how, cell);
    return cell;
  }

  @Override
  protected @Nullable Object act(Cell cell, Op op, @Nullable Object argument) {
    ThreadContext context = threads.step();
    checkMaySleep(cell, op);
    if (harness.isSerial()) {
      if (cell.isEnabled(op, argument, context)) {
        harness.before(context, cell, op, false);
      }
      return actAlone(context, cell.resolved(), op, argument);
    }
    harness.before(context, cell, op, false);
    if (op == Op.READ_ONCE) {
      cell.use(op);
      return cell.peekAcquire();
    }
    if (op == Op.WRITE_ONCE) {
      cell.use(op);
      cell.pokeRelease(argument);
      return null;
    }
    boolean done = false;
    Object result = null;
    synchronized (cell) {
      cell.use(op);
      if (cell.ready(op, argument, context) || sleep(context, cell, op, argument)) {
        cell.use(op);
        result = cell.apply(op, argument, context);
        cell.notifyAll();
        done = true;
      }
    }
    if (!done) {
      threads.releaseIfStopped();
      throw world.reason(context);
    }
    if (reusesMemory()) {
      wakeAt(cell);
    }
    return result;
  }

  /**
   * Has those look up that wait for what is at the address of {@code cell}: where memory is used
   * again, they may have come there when another object was in it.
   */
  private void wakeAt(Cell cell) {
    List<Cell> awaited = world.awaited();
    if (!reusesMemory()) {
      if (awaited.contains(cell)) {
        threads.wake(cell);
      }
      return;
    }
    for (Cell waited : awaited) {
      if (waited.resolved() == cell) {
        threads.wake(waited);
      }
    }
  }

  /** {@link #act} where no other thread runs meanwhile. */
  private @Nullable Object actAlone(
      ThreadContext context, Cell cell, Op op, @Nullable Object argument) {
    cell.use(op);
    while (!cell.ready(op, argument, context) && world.isSettingUp() && harness.idle()) {
      // What the set-up waits for has had its turn.
    }
    if (!cell.ready(op, argument, context)) {
      world.block(context, new Context.Wait(cell, op, argument));
      harness.await(
          context, cell, () -> !world.isStopped() && !cell.isEnabled(op, argument, context));
      if (!world.unblock(context)) {
        throw world.reason(context);
      }
      return actAlone(context, cell.resolved(), op, argument);
    }
    Object result = cell.apply(op, argument, context);
    harness.after(context, cell, op);
    wakeAt(cell);
    return result;
  }

  /** Waits in the cell's monitor until the operation is ready; false where the world has ended. */
  private boolean sleep(ThreadContext context, Cell cell, Op op, @Nullable Object argument) {
    while (world.isSettingUp() && harness.idle()) {
      if (cell.isEnabled(op, argument, context)) {
        return true;
      }
    }
    world.block(context, new Context.Wait(cell, op, argument));
    try {
      while (!world.isStopped() && !cell.isEnabled(op, argument, context)) {
        cell.wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      world.fail(new IllegalStateException("interrupted", e));
    }
    return world.unblock(context);
  }

  @Override
  protected void replace(Cell cell, @Nullable Object value) {
    cell.poke(value);
  }

  @Override
  protected void allocate(Struct struct) {
    harness.allocated(struct);
  }

  @Override
  protected long freshKey() {
    return threads.current().freshKey();
  }

  @Override
  protected void touch(Cell cell) {
    ThreadContext context = threads.onThis();
    if (context != null) {
      harness.touched(context, cell);
    }
  }

  @Override
  protected void beforeFree(Struct struct) {
    harness.beforeFree(threads.step(), struct);
  }

  @Override
  protected boolean choose(Cell cell, boolean open) {
    return open && harness.choose(threads.current());
  }

  @Override
  protected void free(Struct struct) {
    threads.step();
    struct.setAlive(false);
    // Whoever waits on it has to find out.
    List<Cell> awaited = harness.isSerial() ? world.awaited() : struct.cells();
    for (Cell cell : awaited) {
      if (cell.struct() == struct) {
        threads.wake(cell);
      }
    }
  }

  @Override
  protected Context spawn(String kind, Cell cell, Op op, @Nullable Object argument, Runnable body) {
    ThreadContext parent = threads.step();
    ThreadContext context = world.beginSpawned(parent, kind);
    harness.spawned(parent, context);
    threads.start(
        context,
        () -> {
          act(cell, op, argument);
          body.run();
        });
    return context;
  }

  @Override
  protected void enter(String function) {
    threads.step().open(function);
    tell(Event.Kind.ENTER, function);
  }

  @Override
  protected void leave(String function, @Nullable Object result) {
    tell(Event.Kind.LEAVE, function);
    threads.current().close();
  }

  @Override
  public void warn(@Nullable Struct object, String sentence) {
    world.warn(sentence);
    tell(Event.Kind.NOTE, "WARN_ON: " + sentence);
  }
}
