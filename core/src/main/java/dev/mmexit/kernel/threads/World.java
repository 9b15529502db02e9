package dev.mmexit.kernel.threads;

import dev.mmexit.kernel.Cell;
import dev.mmexit.kernel.Context;
import dev.mmexit.kernel.KernelBug;
import dev.mmexit.kernel.Mix;
import dev.mmexit.kernel.WaitGraph;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who is in a world and who of them waits; ends it when nobody can go on. Guarded by its monitor,
 * which is always the innermost: see {@link ThreadEngine}. Nothing here is part of what is
 * modelled: but for the waits for an end, each method is short and takes no other monitor, so a
 * model checker of Java code may take them all for atomic, and need not look into them.
 */
final class World {
  private static final VarHandle STOPPED = stoppedHandle();

  private final ThreadContext init = new ThreadContext("init", Mix.mix(-1), true);

  /** Whether it is this that finds deadlocks. */
  private final boolean looks;

  /** All that have not ended, in the order in which they came. */
  private final List<ThreadContext> contexts = new ArrayList<>(List.of(init));

  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> warnings = new ArrayList<>();
  private final Map<String, List<String>> stacks = new LinkedHashMap<>();
  private @Nullable KernelBug bug;
  private @Nullable Throwable failure;
  private boolean stopped;
  private int admitted;

  /** Those of {@link #contexts} that wait for a thread to take their part, by name. */
  private final Map<String, ThreadContext> enlisted = new LinkedHashMap<>();

  /**
   * A world in which nothing has happened.
   *
   * @param looks whether to end it when nobody can go on
   */
  World(boolean looks) {
    this.looks = looks;
  }

  /** The context of the set-up. */
  ThreadContext init() {
    return init;
  }

  /** Whether whoever asks has to stop. Opaque: it orders no access around it. */
  boolean isStopped() {
    return (boolean) STOPPED.getOpaque(this);
  }

  /** Whether code outside of every context is the set-up. */
  synchronized boolean isSettingUp() {
    return contexts.contains(init);
  }

  /** Ends the set-up and lets contexts in, all at once so that none is taken for the last. */
  synchronized List<ThreadContext> begin(List<String> names) {
    if (!contexts.remove(init)) {
      throw new IllegalStateException("the world runs already");
    }
    List<ThreadContext> added = names.stream().map(name -> admit(name, false)).toList();
    look();
    return added;
  }

  /** Lets contexts in whose threads come later; ends the set-up. */
  synchronized void enlist(List<String> names) {
    contexts.remove(init);
    names.forEach(name -> enlisted.put(name, admit(name, true)));
  }

  /** Lets the calling thread in, as the enlisted context of that name; ends the set-up. */
  synchronized ThreadContext beginGuest(String name) {
    ThreadContext known = enlisted.remove(name);
    if (known != null) {
      return known;
    }
    contexts.remove(init);
    return admit(name, true);
  }

  /** Lets a work item or a callback of {@code parent}, which is the caller's, in. */
  synchronized ThreadContext beginSpawned(ThreadContext parent, String kind) {
    int number = numbers.getOrDefault(kind, 0);
    numbers.put(kind, number + 1);
    return admit(new ThreadContext(kind + "/" + number, parent.keyOfChild(), false));
  }

  private ThreadContext admit(String name, boolean guest) {
    return admit(new ThreadContext(name, Mix.mix(++admitted), guest));
  }

  private ThreadContext admit(ThreadContext context) {
    contexts.add(context);
    return context;
  }

  /** Notes that {@code context} waits from now on: its thread holds the cell's monitor. */
  synchronized void block(ThreadContext context, Context.Wait wait) {
    context.waitFor(wait);
    look();
  }

  /** Notes that {@code context} goes on; false where it has to stop. */
  synchronized boolean unblock(ThreadContext context) {
    context.waitFor(null);
    return !stopped;
  }

  /** Notes that {@code context}, which is the caller's, has ended. */
  synchronized void end(ThreadContext context) {
    contexts.remove(context);
    if (!context.frames().isEmpty()) {
      stacks.put(context.name(), List.copyOf(context.frames()));
    }
    look();
    notifyAll();
  }

  /** Ends the world if nobody in it can go on. */
  private void look() {
    if (stopped || !looks || contexts.stream().anyMatch(context -> context.waiting() == null)) {
      return;
    }
    WaitGraph graph = new WaitGraph(contexts);
    if (graph.isDeadlock()) {
      stop(graph.toBug());
    }
  }

  /** Ends the world; the first reason counts. */
  synchronized void stop(KernelBug reason) {
    if (!stopped) {
      bug = reason;
      markStopped();
    }
  }

  private void markStopped() {
    STOPPED.setOpaque(this, true);
  }

  /** Ends the world because a body failed that has no business to. */
  synchronized void fail(Throwable reason) {
    if (!stopped) {
      failure = reason;
      markStopped();
    }
  }

  /** The cells that contexts wait on: asked at each operation, so without a stream. */
  synchronized List<Cell> awaited() {
    List<Cell> cells = new ArrayList<>(contexts.size());
    for (ThreadContext context : contexts) {
      Context.Wait wait = context.waiting();
      if (wait != null) {
        cells.add(wait.cell());
      }
    }
    return cells;
  }

  /** What is thrown through a context after the world was ended. */
  synchronized RuntimeException reason(ThreadContext context) {
    KernelBug found = bug;
    if (!context.isGuest()) {
      return new WorldStopped();
    }
    return found != null ? found : new IllegalStateException("another context failed", failure);
  }

  synchronized void warn(String sentence) {
    warnings.add(sentence);
  }

  /** Waits until none but guests are left; the set-up may go on then. */
  void awaitEnd() {
    awaitGuestsOnly();
    resume();
  }

  /** Waits until none but guests are left. */
  void awaitSpawned() {
    awaitGuestsOnly();
    throwFailure();
  }

  private void awaitGuestsOnly() {
    boolean interrupted = false;
    while (!isOver()) {
      try {
        awaitChange();
      } catch (InterruptedException e) {
        interrupted = true;
        fail(new IllegalStateException("interrupted", e));
        interruptAll();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void interruptAll() {
    contexts.forEach(ThreadContext::interrupt);
  }

  private synchronized boolean isOver() {
    return contexts.stream().allMatch(ThreadContext::isGuest);
  }

  private synchronized void awaitChange() throws InterruptedException {
    while (!isOver()) {
      wait();
    }
  }

  private synchronized void resume() {
    contexts.add(init);
    throwFailure();
  }

  private synchronized void throwFailure() {
    Throwable found = failure;
    if (found instanceof Error error) {
      throw error;
    }
    if (found instanceof RuntimeException exception) {
      throw exception;
    }
  }

  synchronized RunResult result() {
    return new RunResult(bug, List.copyOf(warnings), new LinkedHashMap<>(stacks));
  }

  synchronized List<Context> contexts() {
    return List.copyOf(contexts);
  }

  private static VarHandle stoppedHandle() {
    try {
      return MethodHandles.lookup().findVarHandle(World.class, "stopped", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
