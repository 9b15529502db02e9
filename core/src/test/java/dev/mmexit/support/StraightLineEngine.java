package dev.mmexit.support;

import dev.mmexit.kernel.Cell;
import dev.mmexit.kernel.Context;
import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.ErrPtr;
import dev.mmexit.kernel.Errno;
import dev.mmexit.kernel.Event;
import dev.mmexit.kernel.Mix;
import dev.mmexit.kernel.Op;
import dev.mmexit.kernel.Struct;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Semaphore;

/**
 * Runs modelled code as it stands, in one context. An operation that would wait fails the test;
 * what it waits for is in the message. Work items and SRCU callbacks run in {@link #drain()}. Code
 * that is meant to wait runs {@link #begin beside} the test.
 */
final class StraightLineEngine extends Engine {
  private static final Map<Long, String> ERRORS = errors();

  private final Queue<Queued> queue = new ArrayDeque<>();
  private final Map<String, Integer> spawned = new HashMap<>();
  private final Set<String> watched = new HashSet<>();
  private Line current = new Line("T0", Mix.mix(7));
  private long keys = 1;

  @Override
  public Context current() {
    return current;
  }

  @Override
  protected Object read(Cell cell) {
    return cell.peek();
  }

  @Override
  protected void write(Cell cell, Object value) {
    cell.poke(value);
    if (watched.contains(cell.label())) {
      String text = value instanceof Struct struct ? struct.describe() : String.valueOf(value);
      tell(Event.Kind.WRITE, cell.expression() + " = " + text);
    }
  }

  @Override
  protected Object act(Cell cell, Op op, Object argument) {
    cell.use(op);
    checkMaySleep(cell, op);
    if (!cell.ready(op, argument, current)) {
      current.pause(op.text() + " would wait for " + cell.awaited(op, argument));
      if (!cell.ready(op, argument, current)) {
        throw stuck(op.text() + " still waits for " + cell.awaited(op, argument));
      }
    }
    return cell.apply(op, argument, current);
  }

  @Override
  protected void replace(Cell cell, Object value) {
    cell.poke(value);
  }

  @Override
  protected void allocate(Struct struct) {
    // Nothing is kept: what is allocated is in the trace.
  }

  @Override
  protected long freshKey() {
    return Mix.mix(keys++);
  }

  @Override
  protected void free(Struct struct) {
    struct.setAlive(false);
  }

  @Override
  protected Context spawn(String kind, Cell cell, Op op, Object argument, Runnable body) {
    Line line = new Line(kind + "/" + (spawned.merge(kind, 1, Integer::sum) - 1), freshKey());
    queue.add(new Queued(line, cell, op, argument, body));
    return line;
  }

  @Override
  protected void enter(String function) {
    current.open(function);
    tell(Event.Kind.ENTER, function);
  }

  @Override
  protected void leave(String function, Object result) {
    tell(Event.Kind.LEAVE, function + ERRORS.getOrDefault(Mix.of(result), ""));
    current.close();
  }

  @Override
  public void warn(Struct object, String sentence) {
    tell(Event.Kind.NOTE, "WARN");
  }

  /** Has every write to fields of that label told, which tests of them ask for. */
  void watch(List<String> labels) {
    watched.addAll(labels);
  }

  /** Runs every work item and every callback that is queued, and what those queue. */
  void drain() {
    Line before = current;
    for (Queued next = queue.poll(); next != null; next = queue.poll()) {
      current = next.line;
      if (!next.cell.ready(next.op, next.argument, current)) {
        throw stuck(next.op.text() + " waits for " + next.cell.awaited(next.op, next.argument));
      }
      next.body.run();
      current = before;
    }
  }

  /** Runs {@code body} in a context of its own until it waits or ends. */
  Beside begin(String name, Struct task, Runnable body) {
    Line line = new Line(name, freshKey());
    line.runAs(task);
    Beside beside = new Beside(line, body);
    line.beside = beside;
    beside.goOn();
    return beside;
  }

  private AssertionError stuck(String what) {
    return new AssertionError(what + " in " + here() + ", under " + current.frames());
  }

  private static Map<Long, String> errors() {
    Map<Long, String> errors = new HashMap<>();
    for (String name : Errno.names()) {
      int number = Errno.parse(name).orElseThrow();
      errors.put(Mix.of(number), ": " + name);
      errors.put(Mix.of(ErrPtr.error(number)), ": " + name);
    }
    return errors;
  }

  /** Something that runs now or later. */
  private record Queued(Line line, Cell cell, Op op, Object argument, Runnable body) {}

  private final class Line extends Context {
    private Beside beside;

    Line(String name, long key) {
      super(name, key);
    }

    @Override
    public Wait waiting() {
      return null;
    }

    void open(String function) {
      push(function);
    }

    void close() {
      pop();
    }

    void pause(String why) {
      if (beside == null) {
        throw stuck(why);
      }
      beside.pause();
    }
  }

  /**
   * A context that is in the middle of something. It has a thread, but only one of these and the
   * test runs at any moment.
   */
  final class Beside {
    private final Semaphore its = new Semaphore(0);
    private final Semaphore ours = new Semaphore(0);
    private final Line line;
    private final Thread thread;
    private Throwable failure;
    private boolean ended;

    Beside(Line line, Runnable body) {
      this.line = line;
      thread = new Thread(() -> run(body), line.name());
      thread.setDaemon(true);
      thread.start();
    }

    private void run(Runnable body) {
      its.acquireUninterruptibly();
      try {
        body.run();
      } catch (RuntimeException | AssertionError e) {
        failure = e;
      }
      ended = true;
      ours.release();
    }

    private void pause() {
      ours.release();
      its.acquireUninterruptibly();
    }

    private void goOn() {
      Line before = current;
      current = line;
      its.release();
      ours.acquireUninterruptibly();
      current = before;
      if (failure != null) {
        throw new AssertionError(line.name() + " failed", failure);
      }
    }

    /** Whether it waits. */
    boolean waits() {
      return !ended;
    }

    /** Runs the rest, which must not wait again. */
    void finish() {
      goOn();
      if (!ended) {
        throw new AssertionError(line.name() + " waits again");
      }
    }
  }
}
