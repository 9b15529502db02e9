package dev.mmexit.lincheck;

import dev.mmexit.kernel.Cell;
import dev.mmexit.kernel.Context;
import dev.mmexit.kernel.KernelBug;
import dev.mmexit.kernel.Op;
import dev.mmexit.kernel.Struct;
import dev.mmexit.kernel.threads.Harness;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs a world on the threads of Lincheck's model checker, one at a time, with switches at {@link
 * Points} only.
 */
final class SerialHarness implements Harness {
  private static final long BUG = 1;
  private static final long FAILS = 2;
  private static final long SUCCEEDS = 3;

  private final Points points;
  private final Clocks clocks;
  private final Choices choices;
  private final Histories histories;
  private final boolean isTraced;

  /** Who has stood at a point and has not made its access yet. */
  private final Set<Context> atPoint = new HashSet<>();

  /** Whose operation has begun and not ended: on what. */
  private final Map<Context, Cell> begun = new HashMap<>();

  /** Which objects a context has used since it last did what others can tell. */
  private final Map<Context, Set<Long>> inUse = new HashMap<>();

  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private final List<Struct> structs = new ArrayList<>();
  private boolean settingUp = true;
  private boolean isGivenUp;

  /** In which state the last point was. */
  private long lastState;

  /** What ends an execution that can tell nothing new. */
  private static final class GivenUp extends RuntimeException {
    private static final long serialVersionUID = 1L;

    GivenUp() {
      super("what follows has been seen", null, false, false);
    }
  }

  /**
   * A world to be set up.
   *
   * @param histories where other executions have been
   * @param isTraced whether anybody will read what the points say
   */
  SerialHarness(
      Points points,
      Clocks.Listener listener,
      Choices choices,
      Histories histories,
      boolean isTraced) {
    this.points = points;
    this.choices = choices;
    this.histories = histories;
    this.isTraced = isTraced;
    clocks = new Clocks(listener);
    lastState = clocks.state();
  }

  /** Whether the execution has ended early, as what follows has been seen. */
  boolean isGivenUp() {
    return isGivenUp;
  }

  private GivenUp giveUp() {
    isGivenUp = true;
    return new GivenUp();
  }

  /** From now on threads race. */
  void endSetUp() {
    settingUp = false;
  }

  List<Struct> structs() {
    return Collections.unmodifiableList(structs);
  }

  @Override
  public void execute(Runnable context) {
    if (settingUp) {
      waiting.add(context);
    } else {
      Analysis.on(() -> Schedule.start(context));
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
  public void before(Context context, Cell cell, @Nullable Op op, boolean writes) {
    if (settingUp) {
      return;
    }
    if (points.isPoint(cell, op) || isFirstUse(context, cell.struct())) {
      point(
          context,
          () -> (op != null ? op.text() : writes ? "write" : "read") + " " + cell.describe());
    }
    if (op == null) {
      made(context, cell, null);
      clocks.plain(context, cell.resolved(), writes);
    } else {
      begun.put(context, cell);
    }
  }

  /**
   * Whether somebody may have freed an object since {@code context} used it. Whatever it uses again
   * before it does anything that lets others go on, they can have freed before the first use as
   * well.
   */
  private boolean isFirstUse(Context context, Struct struct) {
    return points.mayBeFreed(struct)
        && !inUse.getOrDefault(context, Set.of()).contains(Clocks.life(struct));
  }

  private void made(Context context, Cell cell, @Nullable Op op) {
    atPoint.remove(context);
    Set<Long> used = inUse.computeIfAbsent(context, key -> new HashSet<>());
    if (points.isContended(cell, op)) {
      used.clear();
    } else {
      used.add(Clocks.life(cell.struct()));
    }
  }

  @Override
  public void after(Context context, Cell cell, Op op) {
    if (!settingUp) {
      begun.remove(context);
      made(context, cell, op);
      clocks.operation(context, cell, op);
    }
  }

  @Override
  public void touched(Context context, Cell cell) {
    if (!settingUp) {
      clocks.device(context, cell);
    }
  }

  @Override
  public void beforeFree(Context context, Struct struct) {
    if (settingUp) {
      return;
    }
    if (points.mayBeFreed(struct)) {
      point(context, () -> "kfree " + struct.describe());
    }
    atPoint.remove(context);
    clocks.free(context, struct);
  }

  @Override
  public void beforeBug(Context context, KernelBug bug) {
    if (!settingUp) {
      Cell cell = begun.get(context);
      if (cell != null) {
        clocks.attempted(context, cell.resolved().key());
      }
      Struct object = bug.object();
      if (object != null) {
        clocks.attempted(context, Clocks.life(object));
      }
      clocks.told(context, BUG);
      point(context, () -> bug.kind().label() + ": " + bug.sentence());
    }
  }

  private void point(Context context, Supplier<String> next) {
    long state = clocks.state();
    if (histories.prunes() && state == lastState) {
      // Whoever stood here before could go on as well, and Lincheck has chosen this one.
      return;
    }
    lastState = state;
    if (!histories.isNew(state, clocks.order())) {
      throw giveUp();
    }
    atPoint.add(context);
    String text = isTraced ? context.name() + " in " + context.function() + ": " + next.get() : "";
    Analysis.on(() -> Schedule.point(text));
  }

  @Override
  public void ended() {
    // In which order contexts are unwound makes no difference.
    Analysis.endChoices();
  }

  @Override
  public void spawned(Context parent, Context child) {
    if (!settingUp) {
      inUse.remove(parent);
      clocks.spawned(parent, child);
    }
  }

  @Override
  public void allocated(Struct struct) {
    structs.add(struct);
  }

  @Override
  public boolean choose(Context context) {
    if (settingUp) {
      return false;
    }
    boolean fails = choices.next();
    clocks.told(context, fails ? FAILS : SUCCEEDS);
    return fails;
  }

  @Override
  public void await(Context context, Cell cell, BooleanSupplier blocked) {
    if (settingUp) {
      if (blocked.getAsBoolean()) {
        throw new IllegalStateException("the set-up waits for " + cell.describe());
      }
      return;
    }
    clocks.attempted(context, cell.key());
    // Others had their turn instead of the one that went first, and will without it.
    boolean gives = histories.prunes();
    if (gives && atPoint.contains(context) && blocked.getAsBoolean()) {
      throw giveUp();
    }
    Waits waits = new Waits(blocked, gives);
    Analysis.on(() -> Schedule.await(cell, waits));
    if (waits.inVain) {
      throw giveUp();
    }
  }

  /** Ends a wait that goes on after a wake-up: the turn was for nothing. */
  private static final class Waits implements BooleanSupplier {
    private final BooleanSupplier blocked;
    private final boolean gives;
    private boolean asked;
    private boolean inVain;

    Waits(BooleanSupplier blocked, boolean gives) {
      this.blocked = blocked;
      this.gives = gives;
    }

    @Override
    public boolean getAsBoolean() {
      boolean goesOn = blocked.getAsBoolean();
      inVain = gives && asked && goesOn;
      asked = true;
      return goesOn && !inVain;
    }
  }

  @Override
  public void wake(Cell cell) {
    if (!settingUp) {
      Analysis.on(() -> Schedule.wake(cell));
    }
  }
}
