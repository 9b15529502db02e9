package dev.mmexit.kernel;

import static dev.mmexit.kernel.Worlds.bug;
import static dev.mmexit.kernel.Worlds.clean;
import static dev.mmexit.kernel.Worlds.untilBlocked;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.kernel.threads.ThreadEngine;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WaitQueueTest {
  private final ThreadEngine engine = new ThreadEngine();
  private final Thing global = new Thing(engine, "global");
  private final Thing bond = new Thing(engine, "bond");

  private void waitForBond() {
    engine.run(
        "io_mm_detach_locked",
        () -> {
          global.spin.lock();
          bond.queue.waitEventLockIrq(bond.flag, global.spin, "mm_exit of bond BOND");
          global.spin.unlock();
        });
  }

  @Test
  void doesNotWaitWhereTheFlagIsClear() {
    waitForBond();

    assertThat(bond.queue.peek()).isNull();
    assertThat(global.spin.owner()).isNull();
  }

  @Test
  void waitsWithoutTheLockAndReturnsWithIt() {
    bond.flag.set(true);

    clean(
        engine.runAll(
            () -> {
              untilBlocked(engine, "T1");
              global.spin.lock();
              assertThat(bond.queue.peek()).isNotNull();
              bond.flag.set(false);
              bond.queue.wakeUpAll();
              global.spin.unlock();
            },
            () -> {
              global.spin.lock();
              bond.queue.waitEventLockIrq(bond.flag, global.spin, "the flag");
              assertThat(global.spin.owner()).isSameAs(engine.current());
              assertThat(bond.flag.get()).isFalse();
              global.spin.unlock();
            }));

    assertThat(bond.queue.peek()).isNull();
  }

  @Test
  void looksAtTheFlagAgainUnderTheLockAfterEachWakeUp() {
    bond.flag.set(true);
    List<String> events = new CopyOnWriteArrayList<>();
    engine.record(event -> events.add(event.context().name() + " " + event.text()));

    clean(
        engine.runAll(
            () -> {
              untilBlocked(engine, "T1");
              // In vain: nothing has changed.
              bond.queue.wakeUpAll();
              while (events.stream().filter(e -> e.startsWith("T1 wait_event")).count() < 2) {
                Thread.onSpinWait();
              }
              untilBlocked(engine, "T1");
              global.spin.lock();
              bond.flag.set(false);
              bond.queue.wakeUpAll();
              global.spin.unlock();
            },
            this::waitForBond));

    assertThat(events.stream().filter(e -> e.startsWith("T1 ")))
        .containsExactly(
            "T1 io_mm_detach_locked",
            "T1 spin_lock global->spin",
            "T1 spin_unlock global->spin",
            "T1 wait_event bond->queue for mm_exit of bond BOND",
            "T1 spin_lock global->spin",
            "T1 spin_unlock global->spin",
            "T1 wait_event bond->queue for mm_exit of bond BOND",
            "T1 spin_lock global->spin",
            "T1 spin_unlock global->spin",
            "T1 io_mm_detach_locked");
  }

  @Test
  void wakesEverySleeper() {
    bond.flag.set(true);

    clean(
        engine.runAll(
            () -> {
              untilBlocked(engine, "T1", "T2", "T3");
              global.spin.lock();
              bond.flag.set(false);
              bond.queue.wakeUpAll();
              global.spin.unlock();
            },
            this::waitForBond,
            this::waitForBond,
            this::waitForBond));
  }

  @Test
  void wakeUpBetweenTheCheckAndTheSleepIsNotLost() {
    for (int i = 0; i < 300; i++) {
      bond.flag.set(true);

      clean(
          engine.runAll(
              () -> {
                global.spin.lock();
                bond.flag.set(false);
                bond.queue.wakeUpAll();
                global.spin.unlock();
              },
              this::waitForBond));
    }
  }

  @Test
  void queueIsTouchedAgainAfterTheWakeUp() {
    bond.flag.set(true);

    KernelBug bug =
        bug(
            engine.runAll(
                () ->
                    engine.run(
                        "io_mm_release",
                        () -> {
                          untilBlocked(engine, "T1");
                          global.spin.lock();
                          bond.flag.set(false);
                          bond.queue.wakeUpAll();
                          bond.kfree();
                          global.spin.unlock();
                        }),
                this::waitForBond));

    assertThat(bug.kind()).isEqualTo(FindingKind.USE_AFTER_FREE);
    assertThat(bug.object()).isSameAs(bond);
    assertThat(bug.sentence())
        .startsWith("bond->queue of BOND is used by ")
        .endsWith(
            " in io_mm_detach_locked() by T1 after thing was freed; freed in io_mm_release() by T0;"
                + " allocated in init");
  }

  @Test
  void flagIsReadAgainUnderTheLock() {
    // The queue outlives the flag's struct here, so that it is the flag that is found.
    CountDownLatch freed = new CountDownLatch(1);

    KernelBug bug =
        bug(
            engine.runAll(
                () -> {
                  untilBlocked(engine, "T1");
                  global.spin.lock();
                  bond.kfree();
                  global.queue.wakeUpAll();
                  global.spin.unlock();
                  freed.countDown();
                },
                () -> {
                  bond.flag.set(true);
                  global.spin.lock();
                  global.queue.waitEventLockIrq(bond.flag, global.spin, "the flag");
                }));

    assertThat(bug.sentence()).startsWith("bond->flag of BOND is read in T1 after thing was freed");
  }

  @Test
  void waitEventEndsWhenItsConditionHolds() {
    bond.flag.set(true);

    clean(
        engine.runAll(
            () -> {
              untilBlocked(engine, "T1");
              bond.number.set(3);
              bond.queue.wakeUpAll();
            },
            () -> {
              bond.queue.waitEvent(() -> bond.number.get() == 3, bond.flag, "three");
              assertThat(bond.number.get()).isEqualTo(3);
            }));

    assertThat(bond.queue.peek()).isNull();
  }

  @Test
  void waitNamesItsPurposeAndWhoSetTheFlag() {
    bond.flag.set(true);

    clean(
        engine.runAll(
            () -> {
              untilBlocked(engine, "T1");
              Context sleeper = engine.contexts().get(1);
              Context.Wait wait = sleeper.waiting();
              WaitQueue queue = (WaitQueue) wait.cell();
              assertThat(queue.awaited(wait.op(), wait.argument()))
                  .isEqualTo("mm_exit of bond BOND");
              assertThat(queue.blockers(wait.op(), wait.argument(), sleeper))
                  .extracting(Context::name)
                  .containsExactly("init");
              assertThat(queue.held()).isEmpty();
              bond.flag.set(false);
              queue.wakeUpAll();
            },
            this::waitForBond));
  }
}
