package dev.mmexit.explorer.engine;

import dev.mmexit.kernel.Cell;
import dev.mmexit.kernel.Context;
import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Mix;
import dev.mmexit.kernel.Op;
import dev.mmexit.kernel.Struct;
import dev.mmexit.scenario.SetUpBlocked;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Runs the set-up: one context, nothing concurrent. Work items and callbacks run to their end, one
 * after the other, between the operations or when one has to wait for them.
 */
final class SetUp {
  private final LiveEngine engine;
  private final ControlledContext context =
      new ControlledContext(-1, "init", "init", 0x9b05688c2b3e6c1fL, null, new Clock(new Undo()));
  private final Deque<Item> items = new ArrayDeque<>();
  private @Nullable Cell cell;
  private int spawned;

  SetUp(LiveEngine engine) {
    this.engine = engine;
  }

  ControlledContext context() {
    return context;
  }

  /** Called once, when the engine can allocate. */
  void prepare() {
    cell = new Nowhere(engine).start;
  }

  /** A cell of no object of the world: what a context that starts is pending on. */
  Cell cell() {
    Cell mine = cell;
    if (mine == null) {
      throw new IllegalStateException("not prepared");
    }
    return mine;
  }

  void await(Cell waited, Op op, @Nullable Object argument) {
    Context me = engine.current();
    if (!ready(waited, op, argument, me)) {
      drain();
      if (!ready(waited, op, argument, me)) {
        throw new SetUpBlocked(
            me.function() + " would wait for ever for " + waited.awaited(op, argument));
      }
    }
  }

  private static boolean ready(Cell cell, Op op, @Nullable Object argument, Context me) {
    return !cell.struct().isAlive() || cell.ready(op, argument, me);
  }

  ControlledContext spawn(
      String kind, Cell guard, Op op, @Nullable Object argument, Runnable body) {
    String name = kind + "/init" + spawned++;
    ControlledContext item =
        new ControlledContext(
            -1,
            name,
            name,
            Mix.chain(context.canonicalHash(), spawned),
            null,
            new Clock(new Undo()));
    items.add(new Item(item, guard, op, argument, body));
    return item;
  }

  void drain() {
    ControlledContext before = (ControlledContext) engine.current();
    for (int left = items.size(); left > 0; left--) {
      Item item = items.remove();
      if (ready(item.guard, item.op, item.argument, item.context)) {
        engine.runAs(item.context);
        item.body.run();
        engine.runAs(before);
        left = items.size() + 1;
      } else {
        items.add(item);
      }
    }
  }

  private record Item(
      ControlledContext context, Cell guard, Op op, @Nullable Object argument, Runnable body) {}

  /** Has the cell that contexts start at. */
  private static final class Nowhere extends Struct {
    final Cell start = flag("start");

    Nowhere(Engine engine) {
      super(engine, "nowhere", "nowhere");
    }
  }
}
