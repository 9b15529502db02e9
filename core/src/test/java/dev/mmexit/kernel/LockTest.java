package dev.mmexit.kernel;

import static dev.mmexit.kernel.Worlds.bug;
import static dev.mmexit.kernel.Worlds.clean;
import static dev.mmexit.kernel.Worlds.untilBlocked;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.kernel.threads.ThreadEngine;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LockTest {
  private final ThreadEngine engine = new ThreadEngine();
  private final Thing a = new Thing(engine, "a");
  private final Thing b = new Thing(engine, "b");

  @Test
  void mutexHasAnOwnerWhileItIsHeld() {
    a.mutex.lock();

    assertThat(a.mutex.owner()).isSameAs(engine.current());
    a.mutex.unlock();
    assertThat(a.mutex.owner()).isNull();
  }

  @Test
  void spinlockHasAnOwnerAndMakesItsContextAtomic() {
    a.spin.lock();
    b.spin.lock();

    assertThat(a.spin.owner()).isSameAs(engine.current());
    a.spin.unlock();
    assertThat(engine.current().inAtomic()).isTrue();
    b.spin.unlock();
    assertThat(engine.current().inAtomic()).isFalse();
    assertThat(engine.current().holdsSpinlock()).isFalse();
  }

  @Test
  void mutexExcludesOthers() {
    Runnable increments =
        () -> {
          for (int i = 0; i < 2_000; i++) {
            a.mutex.lock();
            a.number.set(a.number.get() + 1);
            a.mutex.unlock();
          }
        };

    clean(engine.runAll(increments, increments, increments));

    assertThat(a.number.now()).isEqualTo(6_000);
  }

  @Test
  void spinlockExcludesOthers() {
    Runnable increments =
        () -> {
          for (int i = 0; i < 2_000; i++) {
            a.spin.lock();
            a.number.set(a.number.get() + 1);
            a.spin.unlock();
          }
        };

    clean(engine.runAll(increments, increments, increments));

    assertThat(a.number.now()).isEqualTo(6_000);
  }

  @Test
  void whoFindsAMutexTakenWaitsUntilItIsReleased() {
    CountDownLatch held = new CountDownLatch(1);

    clean(
        engine.runAll(
            () -> {
              a.mutex.lock();
              held.countDown();
              untilBlocked(engine, "T1");
              a.number.set(1);
              a.mutex.unlock();
            },
            () -> {
              Worlds.await(held);
              a.mutex.lock();
              assertThat(a.number.get()).isEqualTo(1);
              a.mutex.unlock();
            }));
  }

  @Test
  void waitOnAMutexNamesItAndItsOwner() {
    CountDownLatch held = new CountDownLatch(1);

    clean(
        engine.runAll(
            () -> {
              a.mutex.lock();
              held.countDown();
              untilBlocked(engine, "T1");
              Context other = engine.contexts().get(1);
              Context.Wait wait = other.waiting();
              assertThat(wait.op()).isEqualTo(Op.MUTEX_LOCK);
              assertThat(wait.cell().awaited(wait.op(), wait.argument())).isEqualTo("a->lock");
              assertThat(wait.cell().held()).isEqualTo("holds a->lock");
              assertThat(wait.cell().blockers(wait.op(), wait.argument(), other))
                  .containsExactly(engine.current());
              a.mutex.unlock();
            },
            () -> {
              Worlds.await(held);
              a.mutex.lock();
              a.mutex.unlock();
            }));
  }

  @Test
  void takingAMutexAgainIsReported() {
    KernelBug bug =
        bug(
            engine.runAll(
                () ->
                    engine.run(
                        "bind",
                        () -> {
                          a.mutex.lock();
                          a.mutex.lock();
                        })));

    assertThat(bug.kind()).isEqualTo(FindingKind.LOCK_MISUSE);
    assertThat(bug.object()).isSameAs(a);
    assertThat(bug.sentence()).isEqualTo("T0 takes a->lock of A, which it holds already, in bind");
  }

  @Test
  void takingASpinlockAgainIsReported() {
    a.spin.lock();

    assertThat(bug(a.spin::lock).kind()).isEqualTo(FindingKind.LOCK_MISUSE);
  }

  @Test
  void releasingAFreeLockIsReported() {
    assertThat(bug(a.mutex::unlock).sentence())
        .startsWith("init releases a->lock of A, which nobody holds,");
    assertThat(bug(a.spin::unlock).kind()).isEqualTo(FindingKind.LOCK_MISUSE);
  }

  @Test
  void releasingTheLockOfAnotherIsReported() {
    a.mutex.lock();

    KernelBug bug = bug(engine.runAll(a.mutex::unlock));

    assertThat(bug.kind()).isEqualTo(FindingKind.LOCK_MISUSE);
    assertThat(bug.sentence()).startsWith("T0 releases a->lock of A, which init holds,");
  }

  @Test
  void takingAFreedLockIsReported() {
    a.kfree();

    KernelBug bug = bug(() -> engine.run("attach", a.mutex::lock));

    assertThat(bug.kind()).isEqualTo(FindingKind.USE_AFTER_FREE);
    assertThat(bug.sentence())
        .startsWith("a->lock of A is used by mutex_lock in attach() by init after thing was freed");
  }

  @Test
  void aLockThatIsFreedByWhoHoldsItIsAMisuse() {
    a.mutex.lock();
    KernelBug mutex = bug(() -> engine.run("release", a::kfree));
    assertThat(mutex.kind()).isEqualTo(FindingKind.LOCK_MISUSE);
    assertThat(mutex.sentence())
        .endsWith("held lock freed: release() by init frees thing A and holds a->lock of A");

    b.sem.downRead();
    assertThat(bug(b::kfree).kind()).isEqualTo(FindingKind.LOCK_MISUSE);
    b.sem.upRead();
    b.kfree();
    assertThat(bug(b::kfree).kind()).isEqualTo(FindingKind.DOUBLE_FREE);
  }

  @Test
  void whoWaitsForALockThatIsFreedFindsOut() {
    CountDownLatch held = new CountDownLatch(1);

    KernelBug bug =
        bug(
            engine.runAll(
                () -> {
                  a.mutex.lock();
                  held.countDown();
                },
                () -> {
                  Worlds.await(held);
                  a.mutex.lock();
                },
                () -> {
                  untilBlocked(engine, "T1");
                  a.kfree();
                }));

    assertThat(bug.kind()).isEqualTo(FindingKind.USE_AFTER_FREE);
    assertThat(bug.sentence()).contains("in T1 after thing was freed; freed in T2");
  }
}
