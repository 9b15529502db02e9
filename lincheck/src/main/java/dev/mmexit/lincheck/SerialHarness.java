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
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs a world on the threads of Lincheck's model checker, one at a time, with switches at {@link
 * Points} only.
 */
final class SerialHarness implements Harness {
  private final Points points;
  private final Clocks clocks;
  private final Choices choices;
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private final List<Struct> structs = new ArrayList<>();
  private boolean settingUp = true;

  SerialHarness(Points points, Clocks.Listener listener, Choices choices) {
    this.points = points;
    this.choices = choices;
    clocks = new Clocks(listener);
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
    if (points.isPoint(cell, op)) {
      String what = op != null ? op.text() : writes ? "write" : "read";
      point(context, what + " " + cell.describe());
    }
    if (op == null) {
      clocks.plain(context, cell.resolved(), writes);
    }
  }

  @Override
  public void after(Context context, Cell cell, Op op) {
    if (!settingUp) {
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
    if (points.isPoint(struct)) {
      point(context, "kfree " + struct.describe());
    }
    clocks.free(context, struct);
  }

  @Override
  public void beforeBug(Context context, KernelBug bug) {
    if (!settingUp) {
      point(context, bug.kind().label() + ": " + bug.sentence());
    }
  }

  private static void point(Context context, String next) {
    String text = context.name() + " in " + context.function() + ": " + next;
    Analysis.on(() -> Schedule.point(text));
  }

  @Override
  public void spawned(Context parent, Context child) {
    if (!settingUp) {
      clocks.spawned(parent, child);
    }
  }

  @Override
  public void allocated(Struct struct) {
    structs.add(struct);
  }

  @Override
  public boolean choose() {
    return !settingUp && choices.next();
  }

  @Override
  public void await(Cell cell, BooleanSupplier blocked) {
    if (settingUp) {
      if (blocked.getAsBoolean()) {
        throw new IllegalStateException("the set-up waits for " + cell.describe());
      }
      return;
    }
    Analysis.on(() -> Schedule.await(cell, blocked));
  }

  @Override
  public void wake(Cell cell) {
    if (!settingUp) {
      Analysis.on(() -> Schedule.wake(cell));
    }
  }
}
