package dev.mmexit.explorer.search;

import dev.mmexit.explorer.engine.ControlledContext;
import dev.mmexit.explorer.engine.ControlledEngine;
import dev.mmexit.explorer.engine.LockClass;
import dev.mmexit.kernel.Cell;
import dev.mmexit.kernel.Context;
import dev.mmexit.kernel.FindingKind;
import dev.mmexit.kernel.KernelBug;
import dev.mmexit.kernel.Place;
import dev.mmexit.kernel.Struct;
import dev.mmexit.kernel.WaitGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Names the places of findings, the same in every execution. */
public final class Places {
  private Places() {}

  /** The key of a bug that ended an execution. */
  public static Key of(KernelBug bug, ControlledEngine engine) {
    return new Key(bug.kind(), engine.here().function() + " " + name(bug.object()));
  }

  /** The key of a warning. */
  public static Key warning(@Nullable Struct object, String sentence, ControlledEngine engine) {
    return new Key(
        FindingKind.WARNING, engine.here().function() + " " + name(object) + " " + sentence);
  }

  /** The key of a deadlock: its cycle, whoever else waits behind it. */
  public static Key deadlock(ControlledEngine engine) {
    WaitGraph graph = waitGraph(engine);
    List<Context> cycle = graph.cycle();
    TreeSet<String> waits = new TreeSet<>();
    for (Context context : cycle.isEmpty() ? graph.stuck() : cycle) {
      Context.Wait wait = context.waiting();
      if (wait != null) {
        Cell cell = wait.cell();
        waits.add(
            context.function()
                + " waits for "
                + cell.awaited(wait.op(), wait.argument())
                + " "
                + name(cell.struct()));
      }
    }
    return new Key(FindingKind.DEADLOCK, String.join("; ", waits));
  }

  /**
   * What the contexts of a deadlock wait for, each for what the next one holds and the last for
   * what the first one does; empty where there is no such cycle.
   */
  static List<LockClass> lockCycle(ControlledEngine engine) {
    List<LockClass> classes = new ArrayList<>();
    for (Context context : waitGraph(engine).cycle()) {
      Context.Wait wait = context.waiting();
      LockClass lockClass = wait == null ? null : LockClass.of(wait.cell());
      if (lockClass == null) {
        return List.of();
      }
      classes.add(lockClass);
    }
    return classes;
  }

  /** The lock that a bug is about where a context came to one that it held; else empty. */
  static List<LockClass> lockCycle(KernelBug bug, ControlledEngine engine) {
    LockClass again = engine.lockTakenAgain();
    return bug.kind() == FindingKind.LOCK_MISUSE && again != null ? List.of(again) : List.of();
  }

  /** Who waits for whom. */
  public static WaitGraph waitGraph(ControlledEngine engine) {
    return new WaitGraph(
        engine.contexts().stream().filter(context -> !context.isFinished()).toList());
  }

  /** The key of an execution without end. */
  public static Key livelock(ControlledContext last) {
    return new Key(FindingKind.LIVELOCK, last.function());
  }

  /** The key of a data race. */
  public static Key race(Cell cell, List<Place> places) {
    TreeSet<String> functions = new TreeSet<>();
    for (Place place : places) {
      functions.add(place.function());
    }
    return new Key(
        FindingKind.DATA_RACE, cell.describe() + " in " + String.join(" and ", functions));
  }

  private static String name(@Nullable Struct object) {
    return object == null ? "" : object.describe();
  }
}
