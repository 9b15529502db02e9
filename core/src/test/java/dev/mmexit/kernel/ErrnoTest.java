package dev.mmexit.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ErrnoTest {
  @Test
  void namesWhatIsKnown() {
    assertThat(Errno.name(-Errno.ESRCH)).isEqualTo("-ESRCH");
    assertThat(Errno.name(-3)).isEqualTo("-ESRCH");
    assertThat(Errno.name(-77)).isEqualTo("-77");
    assertThat(Errno.name(0)).isEqualTo("0");
    assertThat(Errno.name(3)).isEqualTo("3");
  }

  @Test
  void readsWhatItNames() {
    for (int result = -200; result <= 200; result++) {
      assertThat(Errno.parse(Errno.name(result))).hasValue(result);
    }
  }

  @Test
  void readsNoOtherText() {
    for (String text : new String[] {"", "ESRCH", "-esrch", "-ENONE", "99999999999", "1.5", "-"}) {
      assertThat(Errno.parse(text)).as(text).isEmpty();
    }
  }
}
