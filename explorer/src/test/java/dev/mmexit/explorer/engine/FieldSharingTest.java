package dev.mmexit.explorer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.explorer.ToyWorld;
import dev.mmexit.explorer.search.Instance;
import org.junit.jupiter.api.Test;

/** Which fields could still turn out to be used at once. */
class FieldSharingTest {
  private static final int HERE = 1;
  private static final int THERE = 2;

  private final Sharing all = new Sharing();
  private final FieldSharing field = new FieldSharing(all);
  private final ControlledContext t0 =
      new ControlledContext(0, "T0", "T0", 17, null, new Clock(new Undo()));
  private final ControlledContext t1 =
      new ControlledContext(1, "T1", "T1", 18, null, new Clock(new Undo()));

  @Test
  void oneContextAloneDoesNotShare() {
    field.use(t0, HERE, true);
    field.use(t0, HERE, true);
    assertThat(field.isOpen()).isFalse();
    assertThat(all.changes()).isZero();
  }

  @Test
  void readsAloneAreNoMatter() {
    field.use(t0, HERE, false);
    field.use(t1, HERE, false);
    assertThat(field.isOpen()).isFalse();
    field.use(t1, HERE, true);
    assertThat(field.isOpen()).isTrue();
    assertThat(all.changes()).isOne();
  }

  @Test
  void whatIsKnownIsNotOpen() {
    field.use(t0, HERE, true);
    field.use(t1, HERE, true);
    field.race(HERE);
    assertThat(field.isOpen()).isFalse();
    assertThat(field.isRaced()).isTrue();
    assertThat(all.changes()).isEqualTo(2);
  }

  @Test
  void whatIsKnownOfOneSiteLeavesTheOthersOpen() {
    field.use(t0, HERE, true);
    field.use(t1, HERE, true);
    field.race(HERE);
    field.use(t1, THERE, true);
    assertThat(field.isOpen()).isTrue();
    assertThat(field.isRaced(THERE)).isFalse();
    field.race(THERE);
    assertThat(field.isOpen()).isFalse();
    assertThat(field.isRaced(THERE)).isTrue();
  }

  @Test
  void aLockThatAllHoldCloses() {
    // Both threads use the field with the lock held, then one of them without.
    boolean[] open = new boolean[2];
    ToyWorld.Code code =
        (one, other, thread) -> {
          one.a.lock();
          field.use(thread == 0 ? holder(one, t0) : holder(one, t1), HERE, true);
          one.a.unlock();
          open[0] |= field.isOpen();
          if (thread == 1) {
            field.use(t1, HERE, false);
            open[1] = field.isOpen();
          }
        };
    try (Instance instance = new Instance(ToyWorld.of(2, code), Granularity.REDUCED, all)) {
      instance.execute(
          (engine, last) ->
              engine.contexts().stream()
                  .filter(ControlledContext::isEnabled)
                  .findFirst()
                  .orElse(null));
    }
    assertThat(open).containsExactly(false, true);
  }

  /** The same context, with the lock among those that it holds. */
  private static ControlledContext holder(ToyWorld.Things things, ControlledContext context) {
    ControlledContext copy =
        new ControlledContext(
            context.index(),
            context.name(),
            context.label(),
            context.canonicalHash(),
            null,
            context.clock());
    copy.locks().add(things.a);
    return copy;
  }
}
