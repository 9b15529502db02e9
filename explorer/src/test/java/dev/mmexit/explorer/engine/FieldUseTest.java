package dev.mmexit.explorer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is ordered before what, and what is a race. */
class FieldUseTest {
  private final Undo undo = new Undo();
  private final ControlledContext t0 = context(0);
  private final ControlledContext t1 = context(1);
  private final ControlledContext t2 = context(2);
  private final FieldUse field = new FieldUse(undo);
  private final FieldUse lock = new FieldUse(undo);
  private FieldSharing known = new FieldSharing(new Sharing());

  @Test
  void clocksKnowWhatTheyJoined() {
    Clock one = new Clock(undo);
    Clock other = new Clock(undo);
    assertThat(one.isBefore(other)).isTrue();
    one.tick(12);
    assertThat(one.get(12)).isOne();
    assertThat(other.get(12)).isZero();
    assertThat(one.isBefore(other)).isFalse();
    assertThat(other.isBefore(one)).isTrue();
    other.tick(3);
    assertThat(other.isBefore(one)).isFalse();
    one.join(other);
    assertThat(other.isBefore(one)).isTrue();
    one.join(null);
    other.set(12, 5);
    one.join(other);
    assertThat(one.get(12)).isEqualTo(5);
  }

  @Test
  void oneContextDoesNotRaceWithItself() {
    assertThat(write(t0)).isFalse();
    assertThat(read(t0)).isFalse();
    assertThat(write(t0)).isFalse();
  }

  @Test
  void readsDoNotRace() {
    assertThat(read(t0)).isFalse();
    assertThat(read(t1)).isFalse();
    assertThat(read(t2)).isFalse();
  }

  @Test
  void unorderedWritesRace() {
    write(t0);
    assertThat(write(t1)).isTrue();
  }

  @Test
  void unorderedReadAndWriteRace() {
    write(t0);
    assertThat(read(t1)).isTrue();
    field.clear();
    read(t0);
    assertThat(write(t1)).isTrue();
  }

  @Test
  void aReleaseOrdersWhatCameBefore() {
    write(t0);
    lock.release(t0);
    lock.acquire(t1);
    assertThat(read(t1)).isFalse();
    assertThat(write(t1)).isFalse();
  }

  @Test
  void aReleaseDoesNotOrderWhatComesAfter() {
    lock.release(t0);
    write(t0);
    lock.acquire(t1);
    assertThat(read(t1)).isTrue();
  }

  @Test
  void orderPassesThroughAThird() {
    FieldUse second = new FieldUse(undo);
    write(t0);
    lock.release(t0);
    lock.acquire(t1);
    second.release(t1);
    second.acquire(t2);
    assertThat(write(t2)).isFalse();
  }

  @Test
  void anotherLockOrdersNothing() {
    FieldUse second = new FieldUse(undo);
    write(t0);
    lock.release(t0);
    second.release(t2);
    second.acquire(t1);
    assertThat(write(t1)).isTrue();
  }

  @Test
  void aWriterHasToKnowEveryReader() {
    read(t0);
    read(t1);
    lock.release(t0);
    lock.acquire(t2);
    assertThat(write(t2)).as("the read by T1 is not known").isTrue();
    field.clear();
    read(t0);
    read(t1);
    lock.release(t0);
    lock.release(t1);
    lock.acquire(t2);
    assertThat(write(t2)).isFalse();
  }

  @Test
  void everySiteThatIsUnorderedIsTold() {
    known = new FieldSharing(new Sharing());
    field.access(t0, 1, true, known);
    lock.release(t0);
    field.access(t0, 2, true, known);
    lock.acquire(t1);
    field.access(t1, 3, true, known);
    assertThat(known.isRaced(1)).as("known to T1 by way of the lock").isFalse();
    assertThat(known.isRaced(2)).isTrue();
    assertThat(known.isRaced(3)).isTrue();
    // T2 knows nothing of either, and what was written since does not hide that.
    field.access(t2, 4, false, known);
    assertThat(known.isRaced(1)).isTrue();
    assertThat(known.isRaced(4)).isTrue();
  }

  @Test
  void severalReleasesAddUp() {
    write(t0);
    lock.release(t0);
    lock.release(t1);
    lock.acquire(t2);
    assertThat(write(t2)).isFalse();
  }

  @Test
  void aNewExecutionForgets() {
    write(t0);
    field.release(t0);
    field.clear();
    assertThat(write(t1)).isFalse();
    lock.release(t0);
    lock.clear();
    lock.acquire(t2);
    assertThat(t2.clock().get(0)).isZero();
  }

  private boolean read(ControlledContext context) {
    return races(context, false);
  }

  private boolean write(ControlledContext context) {
    return races(context, true);
  }

  private boolean races(ControlledContext context, boolean write) {
    known = new FieldSharing(new Sharing());
    field.access(context, 0, write, known);
    return known.isRaced();
  }

  private ControlledContext context(int index) {
    String name = "T" + index;
    ControlledContext context =
        new ControlledContext(index, name, name, index, null, new Clock(undo));
    context.clock().tick(index);
    return context;
  }
}
