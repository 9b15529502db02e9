package dev.mmexit.kernel.threads;

import static dev.mmexit.kernel.Worlds.await;
import static dev.mmexit.kernel.Worlds.bug;
import static dev.mmexit.kernel.Worlds.clean;
import static dev.mmexit.kernel.Worlds.untilBlocked;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mmexit.kernel.Event;
import dev.mmexit.kernel.FindingKind;
import dev.mmexit.kernel.KernelBug;
import dev.mmexit.kernel.Mix;
import dev.mmexit.kernel.Thing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ThreadEngineTest {
  private final ThreadEngine engine = new ThreadEngine();
  private final Thing a = new Thing(engine, "a");

  @Test
  void runsEachBodyAsAContextOfItsName() {
    List<String> names = Collections.synchronizedList(new ArrayList<>());
    Runnable body = () -> names.add(engine.current().name());

    clean(engine.runAll(List.of(new Body("exit", body), new Body("detach", body))));

    assertThat(names).containsExactlyInAnyOrder("exit", "detach");
  }

  @Test
  void setUpIsAContextTooAndGoesOnAfterARun() {
    assertThat(engine.current().name()).isEqualTo("init");
    a.number.set(1);

    clean(engine.runAll(() -> a.number.set(a.number.get() + 1)));

    assertThat(a.number.get()).isEqualTo(2);
    clean(engine.runAll(() -> a.number.set(a.number.get() + 1)));
    assertThat(a.number.get()).isEqualTo(3);
    assertThat(engine.current().name()).isEqualTo("init");
  }

  @Test
  void runOfNothingEnds() {
    clean(engine.runAll());
  }

  @Test
  void framesAreOpenWhileTheirBodyRuns() {
    int result =
        engine.call(
            "outer",
            () -> {
              assertThat(engine.current().frames()).containsExactly("outer");
              Thing found =
                  engine.get(
                      "inner",
                      () -> {
                        assertThat(engine.here()).hasToString("inner() by init");
                        return a;
                      });
              assertThat(found).isSameAs(a);
              return 5;
            });

    assertThat(result).isEqualTo(5);
    assertThat(engine.current().frames()).isEmpty();
    assertThat(engine.here()).hasToString("init");
  }

  @Test
  void eventsAreTold() {
    List<Event> events = new ArrayList<>();
    engine.record(events::add);

    engine.run(
        "f",
        () -> {
          a.mutex.lock();
          engine.warn(a, "it is odd");
          a.mutex.unlock();
        });

    assertThat(events)
        .extracting(event -> event.kind() + " " + event.depth() + " " + event.text())
        .containsExactly(
            "ENTER 1 f",
            "SYNC 1 mutex_lock a->lock",
            "NOTE 1 WARN_ON: it is odd",
            "SYNC 1 mutex_unlock a->lock",
            "LEAVE 1 f");
  }

  @Test
  void warningsAreCollected() {
    RunResult result = engine.runAll(() -> engine.warn(null, "first"));

    assertThat(result.bug()).isNull();
    assertThat(result.warnings()).containsExactly("first");
    assertThat(result.isClean()).isFalse();
  }

  @Test
  void bugEndsTheRunAndKeepsTheFrames() {
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch running = new CountDownLatch(1);

    RunResult result =
        engine.runAll(
            () ->
                engine.run(
                    "outer",
                    () ->
                        engine.run(
                            "inner",
                            () -> {
                              a.mutex.lock();
                              held.countDown();
                              untilBlocked(engine, "T1");
                              await(running);
                              a.spin.unlock();
                            })),
            () -> {
              await(held);
              engine.run("waiter", a.mutex::lock);
            },
            () ->
                engine.run(
                    "runner",
                    () -> {
                      running.countDown();
                      while (true) {
                        a.number.get();
                      }
                    }));

    assertThat(bug(result).kind()).isEqualTo(FindingKind.LOCK_MISUSE);
    assertThat(result.stacks())
        .containsEntry("T0", List.of("outer", "inner"))
        .containsEntry("T1", List.of("waiter"))
        .containsEntry("T2", List.of("runner"));
  }

  @Test
  void worldThatHasEndedStaysSo() {
    KernelBug bug = bug(engine.runAll(a.mutex::unlock));

    assertThat(bug(() -> a.number.get())).isSameAs(bug);
    assertThat(engine.runAll(() -> a.number.set(1)).bug()).isSameAs(bug);
    assertThat(a.number.now()).isZero();
  }

  @Test
  void failureOfABodyIsThrown() {
    IllegalArgumentException failure = new IllegalArgumentException("not a bug");
    CountDownLatch held = new CountDownLatch(1);

    assertThatThrownBy(
            () ->
                engine.runAll(
                    () -> {
                      a.mutex.lock();
                      held.countDown();
                      untilBlocked(engine, "T1");
                      throw failure;
                    },
                    () -> {
                      await(held);
                      a.mutex.lock();
                    }))
        .isSameAs(failure);
  }

  @Test
  void failedAssertionIsThrown() {
    AssertionError failure = new AssertionError("wrong");

    assertThatThrownBy(
            () ->
                engine.runAll(
                    () -> {
                      throw failure;
                    }))
        .isSameAs(failure);
  }

  @Test
  void endlessLoopIsReported() {
    KernelBug bug =
        bug(
            engine.runAll(
                () ->
                    engine.run(
                        "walk",
                        () -> {
                          while (true) {
                            a.number.get();
                          }
                        })));

    assertThat(bug.kind()).isEqualTo(FindingKind.LIVELOCK);
    assertThat(bug.sentence()).startsWith("walk() by T0 goes round without end");
  }

  @Test
  void setUpThatWaitsForEverIsToldWhy() {
    a.srcu.readLock();
    a.srcu.call("callback", () -> {});

    KernelBug bug = bug(a.srcu::synchronize);

    assertThat(bug.kind()).isEqualTo(FindingKind.DEADLOCK);
    assertThat(bug.sentence())
        .isEqualTo("init is in a read section of srcu and waits for the read sections of srcu");
    assertThat(engine.runAll(() -> {}).bug()).isSameAs(bug);
  }

  @Test
  void interruptedRunStopsItsThreads() {
    Thread caller = Thread.currentThread();

    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                engine.runAll(
                    () -> {
                      caller.interrupt();
                      while (true) {
                        a.number.get();
                      }
                    }))
        .withMessage("interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void interruptedRunInterruptsItsThreads() {
    Thread caller = Thread.currentThread();
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);

    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                engine.runAll(
                    () -> {
                      a.mutex.lock();
                      held.countDown();
                      untilBlocked(engine, "T1");
                      caller.interrupt();
                      await(never);
                    },
                    () -> {
                      await(held);
                      a.mutex.lock();
                    }))
        .withMessage("interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void keysDifferBetweenContextsAndCalls() {
    List<Long> keys = Collections.synchronizedList(new ArrayList<>());
    Runnable allocate = () -> keys.add(new Thing(engine, "t").canonicalHash());

    engine.runAll(allocate, allocate, allocate);
    allocate.run();
    allocate.run();

    assertThat(keys).doesNotHaveDuplicates().doesNotContain(0L).hasSize(5);
    assertThat(Mix.of(engine.current())).isNotZero();
  }

  @Test
  void contextCannotRunItsWorld() {
    assertThatIllegalStateException().isThrownBy(() -> engine.runAll(() -> engine.runAll()));
  }

  @Test
  void executorMayRefuse() {
    ThreadEngine refused =
        new ThreadEngine(
            task -> {
              throw new RejectedExecutionException("full");
            });

    assertThatThrownBy(() -> refused.runAll(() -> {}))
        .isInstanceOf(RejectedExecutionException.class);
  }
}
