package dev.mmexit.kernel;

import static dev.mmexit.kernel.Worlds.bug;
import static dev.mmexit.kernel.Worlds.clean;
import static dev.mmexit.kernel.Worlds.untilBlocked;
import static dev.mmexit.kernel.Worlds.untilEnded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.kernel.threads.ThreadEngine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SrcuTest {
  private final ThreadEngine engine = new ThreadEngine();
  private final Thing a = new Thing(engine, "a");
  private final List<String> order = Collections.synchronizedList(new ArrayList<>());

  @Test
  void gracePeriodWithoutReadersEndsAtOnce() {
    a.srcu.synchronize();

    assertThat(a.srcu.readers()).isEmpty();
  }

  @Test
  void gracePeriodWaitsForReadersThatHaveBegun() {
    CountDownLatch reading = new CountDownLatch(2);
    Runnable reader =
        () -> {
          a.srcu.readLock();
          Worlds.meet(reading);
          untilBlocked(engine, "T2");
          order.add("reader");
          a.srcu.readUnlock();
        };

    clean(
        engine.runAll(
            reader,
            reader,
            () -> {
              Worlds.await(reading);
              a.srcu.synchronize();
              order.add("synchronized");
            }));

    assertThat(order).containsExactly("reader", "reader", "synchronized");
    assertThat(a.srcu.peek()).isNull();
  }

  @Test
  void laterReadersDoNotDelayAGracePeriod() {
    CountDownLatch early = new CountDownLatch(1);
    CountDownLatch late = new CountDownLatch(1);

    clean(
        engine.runAll(
            () -> {
              a.srcu.readLock();
              early.countDown();
              Worlds.await(late);
              a.srcu.readUnlock();
            },
            () -> {
              Worlds.await(early);
              a.srcu.synchronize();
            },
            () -> {
              untilBlocked(engine, "T1");
              a.srcu.readLock();
              late.countDown();
              // Still reading when the grace period ends, or this never does.
              untilEnded(engine, "T1");
              a.srcu.readUnlock();
            }));
  }

  @Test
  void sectionBegunAgainByTheSameReaderIsALaterOne() {
    CountDownLatch early = new CountDownLatch(1);

    clean(
        engine.runAll(
            () -> {
              a.srcu.readLock();
              early.countDown();
              untilBlocked(engine, "T1");
              a.srcu.readLock();
              a.srcu.readUnlock();
              a.srcu.readUnlock();
              a.srcu.readLock();
              untilEnded(engine, "T1");
              a.srcu.readUnlock();
            },
            () -> {
              Worlds.await(early);
              a.srcu.synchronize();
            }));
  }

  @Test
  void nestedSectionsEndWithTheOutermost() {
    CountDownLatch early = new CountDownLatch(1);

    clean(
        engine.runAll(
            () -> {
              a.srcu.readLock();
              a.srcu.readLock();
              early.countDown();
              untilBlocked(engine, "T1");
              a.srcu.readUnlock();
              assertThat(a.srcu.readers()).containsExactly(engine.current());
              order.add("inner");
              a.srcu.readUnlock();
            },
            () -> {
              Worlds.await(early);
              a.srcu.synchronize();
              order.add("synchronized");
            }));

    assertThat(order).containsExactly("inner", "synchronized");
  }

  @Test
  void callbackRunsAtOnceWithoutReadersAndMustNotSleep() {
    clean(
        engine.runAll(
            () ->
                a.srcu.call(
                    "io_mm_free",
                    () -> {
                      order.add(engine.current().name());
                      assertThat(engine.current().inAtomic()).isTrue();
                    })));

    assertThat(order).containsExactly("srcu/0");
  }

  @Test
  void callbackWaitsForReadersThatHaveBegun() {
    clean(
        engine.runAll(
            () -> {
              a.srcu.readLock();
              a.srcu.call("first", () -> order.add("callback"));
              untilBlocked(engine, "srcu/0");
              order.add("reader");
              a.srcu.readUnlock();
            }));

    assertThat(order).containsExactly("reader", "callback");
  }

  @Test
  void runEndsWhenTheCallbacksOfTheSetUpHaveRun() {
    a.srcu.readLock();
    a.srcu.call("first", () -> a.number.set(1));
    untilBlocked(engine, "srcu/0");
    a.srcu.readUnlock();

    clean(engine.runAll(() -> {}));

    assertThat(a.number.now()).isEqualTo(1);
  }

  @Test
  void waitNamesTheReaders() {
    CountDownLatch reading = new CountDownLatch(1);

    clean(
        engine.runAll(
            () -> {
              a.srcu.readLock();
              reading.countDown();
              untilBlocked(engine, "T1");
              Context waiter = engine.contexts().get(1);
              Context.Wait wait = waiter.waiting();
              assertThat(wait.op()).isEqualTo(Op.SYNCHRONIZE_SRCU);
              assertThat(a.srcu.awaited(wait.op(), wait.argument()))
                  .isEqualTo("the read sections of srcu");
              assertThat(a.srcu.blockers(wait.op(), wait.argument(), waiter))
                  .containsExactly(engine.current());
              assertThat(a.srcu.held()).isEqualTo("is in a read section of srcu");
              a.srcu.readUnlock();
            },
            () -> {
              Worlds.await(reading);
              a.srcu.synchronize();
            }));
  }

  @Test
  void leavingASectionThatWasNotEnteredIsReported() {
    KernelBug bug = bug(a.srcu::readUnlock);

    assertThat(bug.kind()).isEqualTo(FindingKind.LOCK_MISUSE);
    assertThat(bug.sentence()).isEqualTo("init leaves a read section of srcu that it is not in");
  }

  @Test
  void leavingTheSectionOfAnotherIsReported() {
    a.srcu.readLock();

    assertThat(bug(engine.runAll(a.srcu::readUnlock)).kind()).isEqualTo(FindingKind.LOCK_MISUSE);
  }
}
