package dev.mmexit.jpf;

import dev.mmexit.jpf.Scheduler.Access;
import dev.mmexit.kernel.Cell;
import dev.mmexit.kernel.Context;
import dev.mmexit.kernel.FindingKind;
import dev.mmexit.kernel.KernelBug;
import dev.mmexit.kernel.Op;
import dev.mmexit.kernel.Struct;
import dev.mmexit.kernel.threads.Harness;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs a world on the threads of a {@link Scheduler}, with switches before accesses to contended
 * places only: what happens in between is of no account to others.
 */
final class DriverHarness implements Harness {
  private final Scheduler scheduler;
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private final List<ContextThread> threads = new ArrayList<>();

  /** By who allocated them, so that the order in which contexts do so is of no account. */
  private final Map<Long, List<Struct>> structs = new TreeMap<>();

  private boolean settingUp = true;
  private @Nullable Allocator allocator;

  /** Who allocates. */
  interface Allocator {
    /** What stands for the current context. */
    long key();
  }

  /** A harness. */
  DriverHarness(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** From now on threads race. */
  void endSetUp(Allocator current) {
    settingUp = false;
    allocator = current;
  }

  /** Every struct that was allocated. */
  List<Struct> structs() {
    return structs.values().stream().flatMap(List::stream).toList();
  }

  /** Starts a thread that is a context. */
  void start(String name, Runnable body) {
    ContextThread thread =
        new ContextThread(
            name,
            () -> {
              scheduler.begin();
              try {
                body.run();
              } finally {
                scheduler.end();
              }
            });
    threads.add(thread);
    scheduler.start(thread);
  }

  /** Waits until every context has ended, those included that are started meanwhile. */
  void join() {
    scheduler.join(threads);
  }

  @Override
  public void execute(Runnable context) {
    if (settingUp) {
      waiting.add(context);
    } else {
      start("mmexit-context", context);
    }
  }

  @Override
  public boolean idle() {
    Runnable next = waiting.poll();
    if (next == null) {
      return false;
    }
    next.run();
    return true;
  }

  @Override
  public boolean isSerial() {
    return true;
  }

  @Override
  public boolean findsDeadlocks() {
    return true;
  }

  @Override
  public void before(Context context, Cell cell, @Nullable Op op, boolean writes) {
    if (settingUp || op == Op.START || op == Op.NOP) {
      return;
    }
    if (op == Op.HARDWARE) {
      // What it looks at is told in the middle of it.
      point();
      ContextThread.current().isSeen(true);
      return;
    }
    // To free a struct is to change a place that every access to it looks at. If it can be freed
    // between two of these, it can be before both, unless what was done in between is what allows
    // it.
    boolean freed =
        scheduler.isContended(life(cell.struct()), context, Access.LOOK)
            && ContextThread.current().isSeen();
    Access access = access(op, writes);
    boolean contended = scheduler.isContended(cell.key(), context, access);
    if (contended && op == null) {
      standBefore(context, cell, writes);
    } else if (freed || (contended && access != Access.RELEASE)) {
      point();
    }
    if (contended) {
      ContextThread.current().isSeen(true);
    }
  }

  private void point() {
    ContextThread.current().isSeen(false);
    scheduler.point();
  }

  private static Access access(@Nullable Op op, boolean writes) {
    if (op == null) {
      return writes ? Access.CHANGE : Access.LOOK;
    }
    return switch (op) {
      case READ_ONCE, COUNT -> Access.LOOK;
      default -> op.kind() == Op.Kind.RELEASE ? Access.RELEASE : Access.CHANGE;
    };
  }

  /**
   * A plain access is a data race with one that another context could make at the same moment. The
   * execution goes on: what comes of it depends on which is first.
   */
  private void standBefore(Context context, Cell cell, boolean writes) {
    for (ContextThread other : threads) {
      if (other.isRacedBy(cell, writes)) {
        scheduler.found(
            FindingKind.DATA_RACE.label(),
            "nothing orders "
                + context.name()
                + "'s access to "
                + cell.describe()
                + " and that of "
                + other.getName());
      }
    }
    ContextThread.current().standsBefore(cell, writes);
    point();
    ContextThread.current().standsBefore(null, false);
  }

  /** What stands for whether {@code struct} is allocated. */
  private static long life(Struct struct) {
    return ~struct.canonicalHash();
  }

  @Override
  public void touched(Context context, Cell cell) {
    if (!settingUp) {
      scheduler.isContended(cell.key(), context, Access.LOOK);
    }
  }

  @Override
  public void beforeFree(Context context, Struct struct) {
    if (!settingUp && scheduler.isContended(life(struct), context, Access.CHANGE)) {
      point();
      ContextThread.current().isSeen(true);
    }
  }

  @Override
  public void beforeBug(Context context, KernelBug bug) {
    if (settingUp) {
      return;
    }
    Struct object = bug.object();
    if (object != null) {
      // It is used here, though the use is never made: when others free it matters.
      scheduler.isContended(life(object), context, Access.LOOK);
    }
    // Others may come to something else first.
    scheduler.point();
    scheduler.found(bug.kind().label(), bug.sentence());
    scheduler.leave();
  }

  @Override
  public void allocated(Struct struct) {
    Allocator current = allocator;
    structs
        .computeIfAbsent(current == null ? 0L : current.key(), key -> new ArrayList<>())
        .add(struct);
  }

  @Override
  public boolean choose(Context context) {
    return !settingUp && scheduler.choose();
  }

  @Override
  public void await(Context context, Cell cell, BooleanSupplier blocked) {
    if (settingUp) {
      if (blocked.getAsBoolean()) {
        throw new IllegalStateException("the set-up waits for " + cell.describe());
      }
      return;
    }
    // What is waited for is used as well, even if that never comes.
    scheduler.isContended(cell.key(), context, Access.CHANGE);
    scheduler.await(cell, blocked);
  }

  @Override
  public void wake(Cell cell) {
    if (!settingUp) {
      scheduler.wake(cell);
    }
  }
}
