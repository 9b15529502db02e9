package dev.mmexit.explorer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mmexit.explorer.ToyWorld.Things;
import dev.mmexit.explorer.coroutine.Coroutine;
import dev.mmexit.explorer.coroutine.Coroutines;
import dev.mmexit.kernel.Op;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A context that goes back to where it stood. */
class ControlledContextTest {
  private final Coroutines coroutines = Coroutines.best();
  private final Things things =
      new Things(new ControlledEngine(coroutines, Granularity.REDUCED, new Sharing()), "things", 1);
  private final ControlledContext context =
      new ControlledContext(0, "kworker/0", "kworker", 7, () -> {}, new Clock(new Undo()));

  @AfterEach
  void close() {
    coroutines.close();
  }

  private Coroutine coroutine() {
    return coroutines.create(() -> {});
  }

  /** Goes on, and comes to stand before a lock. */
  private void goOn() {
    context.start(coroutine());
    context.proceed();
    context.open("one");
    context.open("two");
    context.observe(5);
    things.a.reapply(Op.MUTEX_LOCK, context);
    context.past().add(things.a, null);
    context.standsBefore(Interference.USED, true);
    context.pend(things.spin, Op.SPIN_LOCK, null);
  }

  @Test
  void standsBeforeWhatItStoodBefore() {
    context.pend(things.work, Op.START, null);
    goOn();
    Standing there = context.standing(3);
    assertThat(context.hasMoved()).isFalse();
    context.close(1);
    context.standsBefore(Interference.NONE, false);
    context.pend(things.x, Op.PLAIN, null);

    context.back(there);

    assertThat(context.coroutine()).isNull();
    assertThat(context.function()).isEqualTo("two");
    assertThat(context.pendingCell()).isSameAs(things.spin);
    assertThat(context.pendingOp()).isEqualTo(Op.SPIN_LOCK);
    assertThat(context.others()).isEqualTo(Interference.USED);
    assertThat(context.flag()).isTrue();
    assertThat(context.standing(3).observed())
        .usingRecursiveComparison()
        .isEqualTo(there.observed());
  }

  @Test
  void isToldAgainUpToThere() {
    context.pend(things.work, Op.START, null);
    goOn();
    Standing there = context.standing(3);
    context.past().add(things.spin, null);
    context.back(there);

    context.start(coroutine());
    assertThat(context.repeats()).isTrue();
    assertThat(context.frames()).isEmpty();
    assertThat(context.locks()).isEmpty();
    assertThatThrownBy(context::goesOn)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("kworker/0 stands where it did not");
    context.past().again(things.a);
    context.goesOn();
    assertThat(context.repeats()).isFalse();
  }

  /** What it held later is not what it holds when it starts. */
  @Test
  void startsAnewWhereItHadNotStarted() {
    context.pend(things.work, Op.START, null);
    Standing before = context.standing(0);
    goOn();
    context.back(before);

    context.start(coroutine());
    assertThat(context.repeats()).isFalse();
    assertThat(context.isStarting()).isTrue();
    assertThat(context.frames()).isEmpty();
    assertThat(context.locks()).isEmpty();
    assertThat(context.past().size()).isZero();
  }
}
