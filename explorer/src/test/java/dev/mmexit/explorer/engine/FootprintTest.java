package dev.mmexit.explorer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.explorer.ToyWorld;
import dev.mmexit.explorer.search.Instance;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which steps commute. */
class FootprintTest {
  /** The steps of an execution in which both threads run {@code code}, one after the other. */
  private static List<Footprint> steps(ToyWorld.Code code) {
    List<Footprint> steps = new ArrayList<>();
    try (Instance instance =
        new Instance(ToyWorld.of(2, code), Granularity.EVERY_OPERATION, new Sharing())) {
      instance.execute(
          (engine, last) -> {
            if (last != null) {
              steps.add(engine.footprint());
            }
            return engine.contexts().stream()
                .filter(ControlledContext::isEnabled)
                .findFirst()
                .orElse(null);
          });
    }
    return steps;
  }

  private static boolean commute(ToyWorld.Code code) {
    List<Footprint> steps = steps(code);
    assertThat(steps).hasSize(2);
    boolean commute = steps.get(0).commutes(steps.get(1));
    assertThat(steps.get(1).commutes(steps.get(0))).isEqualTo(commute);
    return commute;
  }

  @Test
  void stepsOnDifferentObjects() {
    assertThat(commute((one, other, thread) -> (thread == 0 ? one : other).refs.inc())).isTrue();
  }

  @Test
  void stepsOnOneCounter() {
    assertThat(commute((one, other, thread) -> one.refs.inc())).isFalse();
    assertThat(commute((one, other, thread) -> one.refs.read())).isTrue();
  }

  @Test
  void aReadAndAWrite() {
    assertThat(
            commute(
                (one, other, thread) -> {
                  (thread == 0 ? one : other).refs.inc();
                  if (thread == 0) {
                    other.x.set(1);
                  } else {
                    other.x.get();
                  }
                }))
        .isFalse();
  }

  @Test
  void twoReads() {
    assertThat(
            commute(
                (one, other, thread) -> {
                  (thread == 0 ? one : other).refs.inc();
                  one.x.get();
                }))
        .isTrue();
  }

  @Test
  void aUseAndAFree() {
    assertThat(
            commute(
                (one, other, thread) -> {
                  if (thread == 0) {
                    other.refs.read();
                    one.x.get();
                  } else {
                    other.refs.read();
                    one.kfree();
                  }
                }))
        .isFalse();
  }

  @Test
  void whatIsNotLoggedCommutesWithNothing() {
    Footprint step = steps((one, other, thread) -> one.refs.read()).get(0);
    assertThat(step.commutes(Footprint.EMPTY)).isFalse();
    assertThat(Footprint.EMPTY.commutes(step)).isFalse();
  }
}
