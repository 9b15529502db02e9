package dev.mmexit.explorer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mmexit.explorer.ToyWorld;
import dev.mmexit.explorer.search.Instance;
import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.FindingKind;
import dev.mmexit.kernel.KernelBug;
import dev.mmexit.scenario.SetUpBlocked;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ControlledEngineTest {
  private static final ToyWorld.Code BUSY =
      (one, other, thread) -> {
        one.a.lock();
        one.x.set(one.x.get() + thread + 1);
        ToyWorld.Things fresh = one.more("fresh", 1);
        fresh.x.set(thread);
        other.next.writeOnce(fresh);
        one.a.unlock();
        other.refs.decAndTest();
        ToyWorld.Things seen = other.next.readOnce();
        if (seen == fresh) {
          one.refs.inc();
        }
        other.spin.lock();
        other.x.set(other.x.get() * 2 + 1);
        other.spin.unlock();
      };

  private record Moment(String names, long print0, long print1) {}

  @ParameterizedTest
  @EnumSource
  void repeatsItself(Granularity granularity) {
    Sharing sharing = new Sharing();
    try (Instance instance = new Instance(ToyWorld.of(3, BUSY), granularity, sharing);
        Instance another = new Instance(ToyWorld.of(3, BUSY), granularity, sharing)) {
      for (int seed = 0; seed < 30; seed++) {
        // What is learned moves the scheduling points.
        long known;
        do {
          known = sharing.changes();
          run(instance, seed);
        } while (sharing.changes() != known);
        List<Moment> first = run(instance, seed);
        assertThat(first).isNotEmpty();
        assertThat(run(another, seed)).isEqualTo(first);
        run(instance, seed + 1000);
        if (sharing.changes() == known) {
          assertThat(run(instance, seed)).isEqualTo(first);
        }
      }
    }
  }

  /** Else a context that goes back would have an object of its own. */
  @Test
  void hasToMakeWhatThreadsAllocate() {
    ToyWorld.Code code = (one, other, thread) -> new ToyWorld.Things(one.engineOf(), "mine", 1);
    try (Instance instance =
        new Instance(ToyWorld.of(1, code), Granularity.REDUCED, new Sharing())) {
      assertThatThrownBy(() -> run(instance, 1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("things is made outside of create()");
    }
  }

  /** A context that has gone on is brought back by its own code, but for what has returned. */
  @Test
  void passesOverFunctionsThatHaveReturned() {
    List<String> executed = new ArrayList<>();
    ToyWorld.Code code =
        (one, other, thread) -> {
          Engine engine = one.engineOf();
          int value =
              engine.call(
                  "counts",
                  () -> {
                    executed.add("counts");
                    one.a.lock();
                    one.x.set(one.x.get() + 1);
                    one.a.unlock();
                    return one.x.get();
                  });
          engine.run(
              "locks",
              () -> {
                executed.add("locks");
                one.b.lock();
              });
          executed.add("value " + value);
          other.refs.inc();
          other.refs.inc();
        };
    try (Instance instance =
        new Instance(ToyWorld.of(1, code), Granularity.EVERY_OPERATION, new Sharing())) {
      byte[] choices = new byte[20];
      int[] count = new int[1];
      Chooser chooser =
          (engine, last) -> {
            ControlledContext only = engine.contexts().get(0);
            count[0] = engine.depth();
            if (!only.isEnabled()) {
              return null;
            }
            choices[engine.depth()] = Choice.of(only);
            return only;
          };
      assertThat(instance.execute(chooser)).isNull();
      assertThat(executed).containsExactly("counts", "locks", "value 1");
      int length = count[0];
      assertThat(instance.execute(chooser, choices, length - 1)).isNull();
      assertThat(count[0]).isEqualTo(length);
      assertThat(executed.subList(3, executed.size())).containsExactly("locks", "value 1");
      assertThat(instance.engine().contexts().get(0).locks()).hasSize(1);
    }
  }

  private static List<Moment> run(Instance instance, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Moment> moments = new ArrayList<>();
    KernelBug bug =
        instance.execute(
            (engine, last) -> {
              List<ControlledContext> enabled =
                  engine.contexts().stream().filter(ControlledContext::isEnabled).toList();
              moments.add(
                  new Moment(
                      enabled.stream().map(ControlledContext::name).toList().toString(),
                      engine.fingerprint0(),
                      engine.fingerprint1()));
              return enabled.isEmpty() ? null : enabled.get(random.nextInt(enabled.size()));
            });
    assertThat(bug).isNull();
    return moments;
  }

  @ParameterizedTest
  @EnumSource
  void reportsAReleaseOfALockThatIsNotHeld(Granularity granularity) {
    KernelBug bug = bug(granularity, (one, other, thread) -> one.a.unlock());
    assertThat(bug.kind()).isEqualTo(FindingKind.LOCK_MISUSE);
    assertThat(bug.sentence()).isEqualTo("T0 releases one->a of one, which nobody holds, in f0");
  }

  @ParameterizedTest
  @EnumSource
  void reportsALockThatIsTakenTwice(Granularity granularity) {
    KernelBug bug =
        bug(
            granularity,
            (one, other, thread) -> {
              one.spin.lock();
              one.spin.lock();
            });
    assertThat(bug.kind()).isEqualTo(FindingKind.LOCK_MISUSE);
    assertThat(bug.sentence())
        .isEqualTo("T0 takes one->spin of one, which it holds already, in f0");
  }

  @ParameterizedTest
  @EnumSource
  void reportsSleepingUnderASpinlock(Granularity granularity) {
    KernelBug bug =
        bug(
            granularity,
            (one, other, thread) -> {
              one.spin.lock();
              one.a.lock();
            });
    assertThat(bug.kind()).isEqualTo(FindingKind.LOCK_MISUSE);
    assertThat(bug.sentence())
        .isEqualTo("mutex_lock of one->a of one may sleep, but f0() by T0 holds a spinlock");
  }

  @ParameterizedTest
  @EnumSource
  void aSetUpThatWaitsForEverIsAnError(Granularity granularity) {
    assertThatThrownBy(
            () ->
                new Instance(
                    ToyWorld.of(
                        1,
                        1,
                        (one, other, thread) ->
                            one.queue.waitEvent(() -> false, one.flag, "the rain"),
                        (one, other, thread) -> {}),
                    granularity,
                    new Sharing()))
        .isInstanceOf(SetUpBlocked.class)
        .hasMessageContaining("would wait for ever for the rain");
  }

  private static KernelBug bug(Granularity granularity, ToyWorld.Code code) {
    try (Instance instance = new Instance(ToyWorld.of(1, code), granularity, new Sharing())) {
      @Nullable KernelBug bug =
          instance.execute(
              (engine, last) ->
                  engine.contexts().get(0).isEnabled() ? engine.contexts().get(0) : null);
      assertThat(bug).as("a bug").isNotNull();
      return java.util.Objects.requireNonNull(bug);
    }
  }
}
