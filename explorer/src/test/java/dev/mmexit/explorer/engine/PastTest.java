package dev.mmexit.explorer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mmexit.kernel.FindingKind;
import dev.mmexit.kernel.KernelBug;
import org.junit.jupiter.api.Test;

/** What a context was told, and is told again. */
class PastTest {
  private static final Object ONE = "one";
  private static final Object OTHER = "other";

  private final Past past = new Past();

  @Test
  void tellsTheSameInTheSameOrder() {
    past.add(ONE, 1);
    past.add(OTHER, null);
    past.add(ONE, 3);
    past.rewind();

    assertThat(past.isBehind()).isTrue();
    assertThat(past.again(ONE)).isEqualTo(1);
    assertThat(past.subject()).isSameAs(OTHER);
    assertThat(past.again(OTHER)).isNull();
    assertThat(past.again(ONE)).isEqualTo(3);
    assertThat(past.isBehind()).isFalse();
  }

  @Test
  void tellsAsMuchAsIsLeft() {
    for (int i = 0; i < 1000; i++) {
      past.add(ONE, i);
    }
    past.cut(700);
    past.rewind();
    for (int i = 0; i < 700; i++) {
      assertThat(past.again(ONE)).isEqualTo(i);
    }
    assertThat(past.isBehind()).isFalse();
    past.add(OTHER, "more");
    assertThat(past.size()).isEqualTo(701);
  }

  @Test
  void noticesAnotherCall() {
    past.add(ONE, 1);
    past.rewind();
    assertThatThrownBy(() -> past.again(OTHER))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a context does not repeat what it did: call 0 of 1");
  }

  @Test
  void noticesACallTooMany() {
    past.add(ONE, 1);
    past.rewind();
    past.again(ONE);
    assertThatThrownBy(() -> past.again(ONE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a context does not repeat what it did: call 1 of 1");
  }

  @Test
  void anErrorComesAgainWhateverIsAsked() {
    KernelBug bug = KernelBug.of(FindingKind.REFCOUNT, null, "is dropped below zero");
    past.add(ONE, 1);
    past.add(bug);
    past.rewind();
    past.again(ONE);
    assertThatThrownBy(() -> past.again(OTHER)).isSameAs(bug);
    assertThat(past.isBehind()).isFalse();
    assertThat(past.bug()).isSameAs(bug);
  }

  @Test
  void noticesAnEndWithoutError() {
    past.add(ONE, 1);
    past.rewind();
    past.again(ONE);
    assertThatThrownBy(past::bug)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a context ends that did not");
  }

  @Test
  void passesOverWhatHasReturned() {
    past.enter("outer", 0, false);
    past.add(ONE, 1);
    past.enter("inner", 0, false);
    past.add(OTHER, 2);
    past.leave(7, 0, false);
    past.add(ONE, 3);
    past.rewind();

    past.enter("outer", 0, true);
    assertThat(past.isPassed()).as("the outer function goes on").isFalse();
    assertThat(past.again(ONE)).isEqualTo(1);
    past.enter("inner", 0, true);
    assertThat(past.isPassed()).isTrue();
    assertThat(past.pass()).isEqualTo(7);
    past.leave(7, 0, true);
    assertThat(past.again(ONE)).isEqualTo(3);
    assertThat(past.isBehind()).isFalse();
    past.leave(8, 0, false);
    past.rewind();

    past.enter("outer", 0, true);
    assertThat(past.pass()).isEqualTo(8);
    assertThat(past.isBehind()).isFalse();
  }

  @Test
  void doesNotPassOverWhatTakesALock() {
    past.enter("lock", 0, false);
    past.add(ONE, null);
    past.leave(null, 5, false);
    past.rewind();

    past.enter("lock", 0, true);
    assertThat(past.isPassed()).isFalse();
    assertThat(past.again(ONE)).isNull();
    past.leave(null, 5, true);
    past.rewind();

    past.enter("lock", 0, true);
    assertThat(past.isPassed()).as("told again it is what it was").isFalse();
  }

  @Test
  void aFunctionThatIsGoneBackIntoHasNotReturned() {
    past.enter("outer", 0, false);
    past.enter("inner", 0, false);
    past.add(ONE, 1);
    past.leave(2, 0, false);
    past.add(OTHER, 3);
    past.leave(4, 0, false);
    past.cut(3);
    past.rewind();

    past.enter("outer", 0, true);
    assertThat(past.isPassed()).isFalse();
    past.enter("inner", 0, true);
    assertThat(past.isPassed()).as("it returned right there").isTrue();
    past.cut(2);
    past.rewind();

    past.enter("outer", 0, true);
    past.enter("inner", 0, true);
    assertThat(past.isPassed()).isFalse();
    past.add(ONE, 1);
    past.leave(5, 0, false);
    past.rewind();

    past.enter("outer", 0, true);
    past.enter("inner", 0, true);
    assertThat(past.pass()).isEqualTo(5);
  }

  @Test
  void noticesAnotherFunction() {
    past.enter("one", 0, false);
    past.rewind();
    assertThatThrownBy(() -> past.enter("other", 0, true))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a context does not repeat what it did: call 0 of 1");
  }
}
