package dev.mmexit.kernel.threads;

import dev.mmexit.kernel.Cell;
import dev.mmexit.kernel.FindingKind;
import dev.mmexit.kernel.KernelBug;
import dev.mmexit.kernel.Place;
import java.util.List;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** The contexts of a world and the threads that they are on, from their start to their end. */
final class ContextThreads {
  /** A context that makes more accesses goes round without end. */
  static final int MAX_STEPS = 10_000_000;

  private final World world;
  private final Harness harness;

  @SuppressWarnings("ThreadLocalUsage") // one thread may be in several worlds, in each once
  private final ThreadLocal<@Nullable ThreadContext> mine = new ThreadLocal<>();

  ContextThreads(World world, Harness harness) {
    this.world = world;
    this.harness = harness;
  }

  /** The context that this thread is in; null for none. */
  @Nullable ThreadContext onThis() {
    return mine.get();
  }

  /** The context that this thread is in, or the set-up. */
  ThreadContext current() {
    ThreadContext context = mine.get();
    if (context != null) {
      return context;
    }
    if (!world.isSettingUp()) {
      throw new IllegalStateException("this thread is in no context, and the set-up is over");
    }
    return world.init();
  }

  /** The current context, if it may go on. */
  ThreadContext step() {
    ThreadContext context = current();
    if (world.isStopped()) {
      throw world.reason(context);
    }
    if (context.countStep() > MAX_STEPS && context != world.init()) {
      throw KernelBug.of(
          FindingKind.LIVELOCK,
          null,
          new Place(context.name(), context.function())
              + " goes round without end: it has made "
              + MAX_STEPS
              + " accesses");
    }
    return context;
  }

  /** Runs threads, and what they spawn, until all have ended. */
  void run(List<Body> bodies) {
    if (mine.get() != null) {
      throw new IllegalStateException("a context cannot run the world that it is in");
    }
    List<ThreadContext> contexts = world.begin(bodies.stream().map(Body::name).toList());
    for (int i = 0; i < contexts.size(); i++) {
      start(contexts.get(i), bodies.get(i).code());
    }
    releaseIfStopped();
    world.awaitEnd();
  }

  /** Runs one operation on this thread, which is a context of the world meanwhile. */
  int perform(String name, IntSupplier operation) {
    if (mine.get() != null) {
      throw new IllegalStateException("this thread is in a context already");
    }
    ThreadContext context = world.beginGuest(name);
    mine.set(context);
    try {
      step();
      return operation.getAsInt();
    } catch (KernelBug bug) {
      stop(context, bug);
      throw bug;
    } catch (RuntimeException | Error failure) {
      world.fail(failure);
      throw failure;
    } finally {
      depart(context, null);
    }
  }

  /** Has a context begin on a thread of its own. */
  void start(ThreadContext context, Runnable body) {
    try {
      harness.execute(() -> live(context, body));
    } catch (RuntimeException | Error failure) {
      world.fail(failure);
      world.end(context);
      releaseIfStopped();
      throw failure;
    }
  }

  private void live(ThreadContext context, Runnable body) {
    // A harness may run it in the middle of another one, as part of the set-up.
    ThreadContext outer = mine.get();
    mine.set(context);
    context.begin();
    try {
      step();
      body.run();
    } catch (KernelBug bug) {
      stop(context, bug);
    } catch (WorldStopped stopped) {
      // Not the one to blame.
    } catch (RuntimeException | Error failure) {
      world.fail(failure);
    } finally {
      depart(context, outer);
    }
  }

  private void stop(ThreadContext context, KernelBug bug) {
    if (!world.isStopped()) {
      try {
        harness.beforeBug(context, bug);
      } catch (RuntimeException | Error failure) {
        world.fail(failure);
        throw failure;
      }
    }
    world.stop(bug);
  }

  private void depart(ThreadContext context, @Nullable ThreadContext outer) {
    if (outer == null) {
      mine.remove();
    } else {
      mine.set(outer);
    }
    world.end(context);
    releaseIfStopped();
  }

  /** After the world has ended: has those that wait look up. The caller holds no monitor. */
  void releaseIfStopped() {
    if (!world.isStopped()) {
      return;
    }
    harness.ended();
    world.awaited().forEach(this::wake);
  }

  /** Has those look up that wait on {@code cell}. */
  void wake(Cell cell) {
    if (harness.isSerial()) {
      harness.wake(cell);
      return;
    }
    synchronized (cell) {
      cell.notifyAll();
    }
  }
}
