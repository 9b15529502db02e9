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
}
