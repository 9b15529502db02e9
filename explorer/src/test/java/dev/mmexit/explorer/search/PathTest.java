package dev.mmexit.explorer.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PathTest {
  private static final byte FIRST = 0;
  private static final byte FIRST_FAILING = (byte) 0x80;
  private static final byte SECOND = 1;

  private final Path path = new Path(new Labels());

  private static Frame frame(byte... choices) {
    return new Frame(0, choices, new int[choices.length]);
  }

  private void begin(int before) {
    path.begin(new Task(new byte[before], new Frame(-1, new byte[0], new int[0])));
  }

  /** The last step is new, those before it are not. */
  @Test
  void whatComesBeforeTheLastStepIsKnown() {
    begin(0);
    path.push(frame(FIRST, SECOND));
    path.push(frame(FIRST, SECOND));
    path.push(frame(FIRST, SECOND));

    assertThat(path.repeated()).isEqualTo(2);
  }

  /** The call fails or not, and either way what is next is compared with what came before it. */
  @Test
  void theStepBeforeACallThatMayFailIsToBeKnown() {
    begin(0);
    path.push(frame(FIRST, SECOND));
    path.push(frame(FIRST, SECOND));
    path.push(frame(FIRST, FIRST_FAILING));

    assertThat(path.repeated()).isEqualTo(1);

    path.push(frame(FIRST, FIRST_FAILING));
    assertThat(path.repeated()).isEqualTo(1);

    path.push(frame(SECOND));
    assertThat(path.repeated()).isEqualTo(4);
  }

  /** Nothing is known of the choices that a task begins behind. */
  @Test
  void aTaskThatBeginsAtACallThatMayFailKnowsNothing() {
    path.begin(new Task(new byte[5], frame(FIRST, FIRST_FAILING)));
    assertThat(path.repeated()).isZero();

    path.push(frame(FIRST, SECOND));
    assertThat(path.repeated()).isEqualTo(6);

    begin(0);
    assertThat(path.repeated()).isZero();
  }
}
