package dev.mmexit.lincheck;

import dev.mmexit.kernel.threads.ThreadEngine;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jetbrains.lincheck.datastructures.Operation;

/**
 * Each primitive in the smallest use that depends on it, a twin that is broken, and what both are
 * to do one operation after the other. Here Lincheck looks at each access to Java's memory.
 */
final class Primitives {
  private Primitives() {}

  /** What all have in common: a world of their own. */
  abstract static class World {
    final ThreadEngine engine = new ThreadEngine();
    final Thing thing = new Thing(engine, "a");
    final Thing next = new Thing(engine, "b");

    World() {
      this(things -> {});
    }

    /** A world with a set-up. */
    World(Consumer<World> setUp) {
      setUp.accept(this);
      engine.enlist(List.of());
    }

    int op(IntSupplier body) {
      return engine.perform("op", body);
    }

    int raise() {
      int value = thing.number.get() + 1;
      thing.number.set(value);
      return value;
    }
  }

  /** A mutex around a plain counter. */
  public static class OnMutex extends World {
    @Operation
    public int raiseIt() {
      return op(
          () -> {
            thing.mutex.lock();
            int value = raise();
            thing.mutex.unlock();
            return value;
          });
    }
  }

  /** Without the mutex. */
  public static class NoMutex extends World {
    @Operation
    public int raiseIt() {
      return op(this::raise);
    }
  }

  /** A spinlock around a plain counter. */
  public static class OnSpinLock extends World {
    @Operation
    public int raiseIt() {
      return op(
          () -> {
            thing.spin.lock();
            int value = raise();
            thing.spin.unlock();
            return value;
          });
    }
  }

  /** The specification of these. */
  public static class Counter {
    private int value;

    public int raiseIt() {
      return ++value;
    }
  }

  /** Two fields that change together, under a reader-writer semaphore. */
  public static class OnRwSemaphore extends World {
    @Operation
    public int change() {
      return op(
          () -> {
            thing.sem.downWrite();
            int value = raise();
            next.number.set(value);
            thing.sem.upWrite();
            return value;
          });
    }

    @Operation
    public int difference() {
      return op(
          () -> {
            thing.sem.downRead();
            int value = thing.number.get() - next.number.get();
            thing.sem.upRead();
            return value;
          });
    }
  }

  /** A writer that is let in with readers. */
  public static class ReadsToWrite extends OnRwSemaphore {
    @Override
    @Operation
    public int change() {
      return op(
          () -> {
            thing.sem.downRead();
            int value = raise();
            next.number.set(value);
            thing.sem.upRead();
            return value;
          });
    }
  }

  /** The specification of these. */
  public static class Pair {
    private int value;

    public int change() {
      return ++value;
    }

    public int difference() {
      return 0;
    }
  }

  /** An object that whoever finds it takes a reference to, unless it has none, and keeps it. */
  public static class OnRefCount extends World {
    boolean take() {
      return next.refs.incNotZero();
    }

    @Operation
    public boolean use() {
      return op(() -> take() ? 1 : 0) == 1;
    }

    /** Gives up the reference that it had at first; whether it was the last. */
    @Operation(runOnce = true)
    public boolean drop() {
      return op(() -> next.refs.decAndTest() ? 1 : 0) == 1;
    }
  }

  /** {@code kref_get}, which may be from zero. */
  public static class TakesFromZero extends OnRefCount {
    @Override
    boolean take() {
      next.refs.inc();
      return true;
    }
  }

  /** Looks, and takes afterwards. */
  public static class LooksThenTakes extends OnRefCount {
    @Override
    boolean take() {
      if (next.refs.read() == 0) {
        return false;
      }
      next.refs.inc();
      return true;
    }
  }

  /** The specification of these. */
  public static class Referenced {
    private int references = 1;

    public boolean use() {
      if (references == 0) {
        return false;
      }
      references++;
      return true;
    }

    public boolean drop() {
      references--;
      return references == 0;
    }
  }

  /** A reader of SRCU against who takes an object away, waits, and frees it. */
  public static class OnSrcu extends World {
    public OnSrcu() {
      super(world -> world.thing.other.set(world.next));
    }

    void enter() {
      thing.srcu.readLock();
    }

    void leave() {
      thing.srcu.readUnlock();
    }

    void grace() {
      thing.srcu.synchronize();
    }

    @Operation
    public int look() {
      return op(
          () -> {
            enter();
            Thing found = thing.other.readOnce();
            int value = found == null ? -1 : found.seven.get();
            leave();
            return value;
          });
    }

    @Operation(runOnce = true)
    public int take() {
      return op(
          () -> {
            thing.other.writeOnce(null);
            grace();
            next.kfree();
            return 0;
          });
    }
  }

  /** SRCU without waiting. */
  public static class NoGrace extends OnSrcu {
    @Override
    void grace() {}
  }

  /** SRCU without read sections. */
  public static class NoSections extends OnSrcu {
    @Override
    void enter() {}

    @Override
    void leave() {}
  }

  /** The specification of these. */
  public static class Place {
    private boolean empty;

    public int look() {
      return empty ? -1 : 7;
    }

    public int take() {
      empty = true;
      return 0;
    }
  }

  /** Numbers from an IDR, under its callers' lock. */
  public static class OnIdr extends World {
    void lock() {
      thing.spin.lock();
    }

    void unlock() {
      thing.spin.unlock();
    }

    @Operation
    public int alloc() {
      return op(
          () -> {
            lock();
            int id = thing.idr.alloc(next, 1, 10);
            unlock();
            return id;
          });
    }

    @Operation
    public int remove() {
      return op(
          () -> {
            lock();
            thing.idr.remove(1);
            unlock();
            return 0;
          });
    }
  }

  /** Without the lock. */
  public static class UnlockedIdr extends OnIdr {
    @Override
    void lock() {}

    @Override
    void unlock() {}
  }

  /** The specification of these. */
  public static class Numbers {
    private final TreeSet<Integer> taken = new TreeSet<>();

    public int alloc() {
      int id = 1;
      while (!taken.add(id)) {
        id++;
      }
      return id;
    }

    public int remove() {
      taken.remove(1);
      return 0;
    }
  }

  /** A list, under its callers' lock. */
  public static class OnList extends World {
    void lock() {
      thing.spin.lock();
    }

    void unlock() {
      thing.spin.unlock();
    }

    @Operation
    public int add() {
      return op(
          () -> {
            Thing entry = new Thing(engine, "entry");
            lock();
            thing.head.addTail(entry.list);
            unlock();
            return 0;
          });
    }

    @Operation
    public int size() {
      return op(
          () -> {
            lock();
            int size = thing.head.now().size();
            unlock();
            return size;
          });
    }
  }

  /** Without the lock. */
  public static class UnlockedList extends OnList {
    @Override
    void lock() {}

    @Override
    void unlock() {}
  }

  /** The specification of these. */
  public static class Entries {
    private final Deque<Integer> entries = new ArrayDeque<>();

    public int add() {
      entries.add(1);
      return 0;
    }

    public int size() {
      return entries.size();
    }
  }
}
