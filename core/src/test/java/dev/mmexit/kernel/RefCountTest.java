package dev.mmexit.kernel;

import static dev.mmexit.kernel.Worlds.bug;
import static dev.mmexit.kernel.Worlds.clean;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.kernel.threads.ThreadEngine;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RefCountTest {
  private final ThreadEngine engine = new ThreadEngine();
  private final Thing a = new Thing(engine, "a");

  @Test
  void countsUpAndDown() {
    a.refs.inc();

    assertThat(a.refs.read()).isEqualTo(2);
    assertThat(a.refs.decAndTest()).isFalse();
    assertThat(a.refs.decAndTest()).isTrue();
    assertThat(a.refs.now()).isZero();
  }

  @Test
  void raisingFromZeroIsReported() {
    a.refs.decAndTest();

    KernelBug bug = bug(() -> engine.run("io_mm_get", a.refs::inc));

    assertThat(bug.kind()).isEqualTo(FindingKind.REFCOUNT);
    assertThat(bug.object()).isSameAs(a);
    assertThat(bug.sentence()).isEqualTo("a->refs of A is raised from zero in io_mm_get() by init");
  }

  @Test
  void droppingBelowZeroIsReported() {
    a.refs.decAndTest();

    KernelBug bug = bug(a.refs::decAndTest);

    assertThat(bug.kind()).isEqualTo(FindingKind.REFCOUNT);
    assertThat(bug.sentence()).isEqualTo("a->refs of A is dropped below zero in init");
  }

  @Test
  void saturationIsReported() {
    a.refs.poke(Integer.MAX_VALUE);

    assertThat(bug(a.refs::inc).sentence()).contains("is saturated");
  }

  @Test
  void incNotZeroFailsAtZeroAndOnlyThere() {
    assertThat(a.refs.incNotZero()).isTrue();
    a.refs.decAndTest();
    a.refs.decAndTest();

    assertThat(a.refs.incNotZero()).isFalse();
    assertThat(a.refs.now()).isZero();
  }

  @Test
  void initSetsOneReference() {
    a.refs.decAndTest();

    a.refs.init();

    assertThat(a.refs.now()).isOne();
  }

  @Test
  void useAfterFreeIsReported() {
    a.kfree();

    assertThat(bug(a.refs::read).kind()).isEqualTo(FindingKind.USE_AFTER_FREE);
  }

  @Test
  void exactlyOneThreadSeesItBecomeZero() {
    for (int i = 0; i < 100; i++) {
      Thing thing = new Thing(engine, "thing");
      AtomicInteger lasts = new AtomicInteger();
      Runnable user =
          () -> {
            if (thing.refs.incNotZero() && thing.refs.decAndTest()) {
              lasts.incrementAndGet();
            }
          };
      Runnable owner =
          () -> {
            if (thing.refs.decAndTest()) {
              lasts.incrementAndGet();
            }
          };

      clean(engine.runAll(user, owner, user));

      assertThat(lasts).hasValue(1);
      assertThat(thing.refs.now()).isZero();
    }
  }
}
