package dev.mmexit.explorer.engine;

import static java.util.Objects.requireNonNull;

import dev.mmexit.explorer.coroutine.Coroutines;
import dev.mmexit.kernel.Cell;
import dev.mmexit.kernel.Context;
import dev.mmexit.kernel.Flag;
import dev.mmexit.kernel.Op;
import dev.mmexit.kernel.Struct;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Notes what contexts are told, and tells one that is brought to where it was the same once more:
 * then nothing is carried out, and nothing is noted. See {@link Past}.
 */
abstract class RetellingEngine extends LiveEngine {
  RetellingEngine(Coroutines coroutines, Granularity granularity, Sharing sharing) {
    super(coroutines, granularity, sharing);
  }

  @Override
  protected final boolean repeats() {
    return scheduler.current().repeats();
  }

  /** Whether the context is told what its next call was told before. */
  private static boolean isTold(ControlledContext me) {
    return me.repeats() && me.past().isBehind();
  }

  @Override
  final void told(ControlledContext me, Object about, @Nullable Object answer) {
    if (!settingUp) {
      me.past().add(about, answer);
    }
  }

  @Override
  protected @Nullable Object read(Cell cell) {
    ControlledContext me = scheduler.current();
    return isTold(me) ? me.past().again(cell) : super.read(cell);
  }

  @Override
  protected void write(Cell cell, @Nullable Object value) {
    ControlledContext me = scheduler.current();
    if (isTold(me)) {
      me.past().again(cell);
    } else {
      super.write(cell, value);
    }
  }

  @Override
  protected @Nullable Object act(Cell cell, Op op, @Nullable Object argument) {
    ControlledContext me = scheduler.current();
    return isTold(me) ? actAgain(me, cell, op, argument) : super.act(cell, op, argument);
  }

  private @Nullable Object actAgain(
      ControlledContext me, Cell asked, Op op, @Nullable Object argument) {
    Cell cell = me.past().subject() instanceof Cell then ? then : asked;
    Object result = me.past().again(asked);
    locks.again(me, cell, op, argument);
    cell.reapply(op, me);
    return result;
  }

  /** What is looked at in the action is not told to the context. */
  @Override
  @Nullable Object apply(ControlledContext me, Cell cell, Op op, @Nullable Object argument) {
    int calls = me.past().size();
    try {
      return super.apply(me, cell, op, argument);
    } finally {
      me.past().cut(calls);
    }
  }

  @Override
  @SuppressWarnings("unchecked") // it is what the same call got
  public <T extends Struct> T create(Supplier<T> constructor) {
    ControlledContext me = scheduler.current();
    if (me.repeats()) {
      return (T) requireNonNull(me.past().again(Struct.class));
    }
    int calls = me.past().size();
    me.create(true);
    T made = constructor.get();
    me.create(false);
    me.past().cut(calls);
    told(me, Struct.class, made);
    return made;
  }

  @Override
  @SuppressWarnings({"unchecked", "NullAway"}) // it is what the same call got, null or not
  public <T extends @Nullable Object> T glance(Supplier<T> look) {
    ControlledContext me = scheduler.current();
    if (scheduler.isDeciding()) {
      return look.get();
    }
    if (me.repeats()) {
      return (T) me.past().again(Supplier.class);
    }
    int calls = me.past().size();
    T seen = look.get();
    me.past().cut(calls);
    told(me, Supplier.class, seen);
    return seen;
  }

  @Override
  protected boolean choose(Cell cell, boolean open) {
    ControlledContext me = scheduler.current();
    return isTold(me) ? Boolean.TRUE.equals(me.past().again(cell)) : super.choose(cell, open);
  }

  @Override
  protected void beforeFree(Struct struct) {
    ControlledContext me = scheduler.current();
    if (isTold(me)) {
      me.past().again(struct);
    } else {
      super.beforeFree(struct);
    }
  }

  @Override
  protected Context spawn(String kind, Cell cell, Op op, @Nullable Object argument, Runnable body) {
    ControlledContext me = scheduler.current();
    return me.repeats()
        ? (Context) requireNonNull(me.past().again(cell))
        : super.spawn(kind, cell, op, argument, body);
  }

  @Override
  protected long freshKey() {
    ControlledContext me = scheduler.current();
    return me.repeats() ? (Long) requireNonNull(me.past().again(Long.class)) : super.freshKey();
  }

  @Override
  protected void enter(String function) {
    super.enter(function);
    ControlledContext me = scheduler.current();
    if (!settingUp) {
      me.past().enter(function, me.holding(), me.repeats());
    }
  }

  /**
   * What a context learns of a function is what it returns, and what it does is in memory. Only
   * where caches of freed memory, or what is held when, are kept beside that has it to be gone
   * through.
   */
  @Override
  protected boolean passesOver() {
    ControlledContext me = scheduler.current();
    return me.repeats()
        && me.past().isPassed()
        && !reusesMemory()
        && !locks.isFollowing()
        && !isRecording();
  }

  @Override
  protected @Nullable Object passOver() {
    return scheduler.current().past().pass();
  }

  @Override
  protected void leave(String function, @Nullable Object result) {
    ControlledContext me = scheduler.current();
    if (!settingUp) {
      me.past().leave(result, me.holding(), me.repeats());
    }
    super.leave(function, result);
  }

  @Override
  protected void allocate(Struct struct) {
    if (!settingUp && !scheduler.current().isCreating()) {
      throw new IllegalStateException(struct.type() + " is made outside of create()");
    }
    super.allocate(struct);
  }

  @Override
  protected void replace(Cell cell, @Nullable Object value) {
    if (!repeats()) {
      super.replace(cell, value);
    }
  }

  @Override
  protected void writes(Flag flag) {
    if (!repeats()) {
      super.writes(flag);
    }
  }

  @Override
  protected void publish(Struct struct) {
    if (!repeats()) {
      super.publish(struct);
    }
  }

  @Override
  protected void touch(Cell cell) {
    if (!repeats()) {
      super.touch(cell);
    }
  }

  @Override
  public void warn(@Nullable Struct object, String sentence) {
    if (!repeats()) {
      super.warn(object, sentence);
    }
  }
}
