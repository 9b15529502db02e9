package dev.mmexit.explorer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is ordered before what, and what is a race. */
class FieldUseTest {
  private final ControlledContext t0 = context(0);
  private final ControlledContext t1 = context(1);
  private final ControlledContext t2 = context(2);
  private final FieldUse field = new FieldUse();
  private final FieldUse lock = new FieldUse();

  @Test
  void clocksKnowWhatTheyJoined() {
    Clock one = new Clock();
    Clock other = new Clock();
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
    assertThat(field.write(t0)).isFalse();
    assertThat(field.read(t0)).isFalse();
    assertThat(field.write(t0)).isFalse();
  }

  @Test
  void readsDoNotRace() {
    assertThat(field.read(t0)).isFalse();
    assertThat(field.read(t1)).isFalse();
    assertThat(field.read(t2)).isFalse();
  }

  @Test
  void unorderedWritesRace() {
    field.write(t0);
    assertThat(field.write(t1)).isTrue();
  }

  @Test
  void unorderedReadAndWriteRace() {
    field.write(t0);
    assertThat(field.read(t1)).isTrue();
    field.clear();
    field.read(t0);
    assertThat(field.write(t1)).isTrue();
  }

  @Test
  void aReleaseOrdersWhatCameBefore() {
    field.write(t0);
    lock.release(t0);
    lock.acquire(t1);
    assertThat(field.read(t1)).isFalse();
    assertThat(field.write(t1)).isFalse();
  }

  @Test
  void aReleaseDoesNotOrderWhatComesAfter() {
    lock.release(t0);
    field.write(t0);
    lock.acquire(t1);
    assertThat(field.read(t1)).isTrue();
  }

  @Test
  void orderPassesThroughAThird() {
    FieldUse second = new FieldUse();
    field.write(t0);
    lock.release(t0);
    lock.acquire(t1);
    second.release(t1);
    second.acquire(t2);
    assertThat(field.write(t2)).isFalse();
  }

  @Test
  void anotherLockOrdersNothing() {
    FieldUse second = new FieldUse();
    field.write(t0);
    lock.release(t0);
    second.release(t2);
    second.acquire(t1);
    assertThat(field.write(t1)).isTrue();
  }

  @Test
  void aWriterHasToKnowEveryReader() {
    field.read(t0);
    field.read(t1);
    lock.release(t0);
    lock.acquire(t2);
    assertThat(field.write(t2)).as("the read by T1 is not known").isTrue();
    field.clear();
    field.read(t0);
    field.read(t1);
    lock.release(t0);
    lock.release(t1);
    lock.acquire(t2);
    assertThat(field.write(t2)).isFalse();
  }

  @Test
  void severalReleasesAddUp() {
    field.write(t0);
    lock.release(t0);
    lock.release(t1);
    lock.acquire(t2);
    assertThat(field.write(t2)).isFalse();
  }

  @Test
  void aNewExecutionForgets() {
    field.write(t0);
    field.release(t0);
    field.clear();
    assertThat(field.write(t1)).isFalse();
    lock.release(t0);
    lock.clear();
    lock.acquire(t2);
    assertThat(t2.clock().get(0)).isZero();
  }

  private static ControlledContext context(int index) {
    ControlledContext context = new ControlledContext(index, "T" + index, "T" + index, index, null);
    context.clock().tick(index);
    return context;
  }
}
