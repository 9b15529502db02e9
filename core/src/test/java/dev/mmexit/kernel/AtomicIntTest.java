package dev.mmexit.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.kernel.threads.ThreadEngine;
import org.junit.jupiter.api.Test;

class AtomicIntTest {
  private final ThreadEngine engine = new ThreadEngine();
  private final Counter counter = new Counter(engine);

  private static final class Counter extends Struct {
    final AtomicInt users = atomic("users");

    Counter(Engine engine) {
      super(engine, "counter", "counter");
    }
  }

  @Test
  void countsFromZeroAndBack() {
    assertThat(counter.users.read()).isZero();
    counter.users.inc();
    counter.users.inc();
    assertThat(counter.users.read()).isEqualTo(2);
    counter.users.dec();
    counter.users.dec();
    counter.users.dec();
    assertThat(counter.users.now()).isEqualTo(-1);
  }

  @Test
  void exchangesWhatIsExpectedOnly() {
    assertThat(counter.users.cmpxchg(1, 7)).isZero();
    assertThat(counter.users.now()).isZero();
    assertThat(counter.users.cmpxchg(0, 7)).isZero();
    assertThat(counter.users.cmpxchg(7, 0)).isEqualTo(7);
    assertThat(counter.users.now()).isZero();
  }

  @Test
  void doesNotGoBelowZeroWhereThatIsAsked() {
    counter.users.inc();
    assertThat(counter.users.decIfPositive()).isZero();
    assertThat(counter.users.decIfPositive()).isEqualTo(-1);
    assertThat(counter.users.now()).isZero();
  }
}
