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
class WorkqueueTest {
  private final ThreadEngine engine = new ThreadEngine();
  private final Thing a = new Thing(engine, "a");
  private final List<String> order = Collections.synchronizedList(new ArrayList<>());

  @Test
  void itemRunsInAKworkerOfItsOwn() {
    clean(
        engine.runAll(
            () -> {
              a.works.queueWork("one", () -> order.add(engine.current().name()));
              a.works.flush();
              a.works.queueWork("two", () -> order.add(engine.current().name()));
            }));

    assertThat(order).containsExactly("kworker/0", "kworker/1");
    assertThat(a.works.peek()).isNull();
  }

  @Test
  void kworkerHasNoTaskAndMaySleep() {
    engine.current().runAs(a);

    a.works.queueWork(
        "one",
        () -> {
          assertThat(engine.current().task()).isNull();
          a.mutex.lock();
          a.mutex.unlock();
        });

    clean(engine.runAll(() -> {}));
  }

  @Test
  void itemsRunConcurrently() {
    CountDownLatch both = new CountDownLatch(2);

    clean(
        engine.runAll(
            () -> {
              a.works.queueWork("one", () -> Worlds.meet(both));
              a.works.queueWork("two", () -> Worlds.meet(both));
              a.works.flush();
            }));
  }

  @Test
  void flushOfAnEmptyQueueEndsAtOnce() {
    a.works.flush();

    assertThat(a.works.peek()).isNull();
  }

  @Test
  void flushWaitsForWhatIsQueued() {
    CountDownLatch go = new CountDownLatch(1);

    clean(
        engine.runAll(
            () -> {
              a.works.queueWork("one", () -> Worlds.await(go));
              a.works.queueWork("two", () -> order.add("two"));
              a.works.flush();
              order.add("flushed");
            },
            () -> {
              untilBlocked(engine, "T0");
              order.add("go");
              go.countDown();
            }));

    assertThat(order).contains("two").endsWith("flushed").containsSubsequence("go", "flushed");
  }

  @Test
  void flushDoesNotWaitForWhatIsQueuedLater() {
    CountDownLatch first = new CountDownLatch(1);

    clean(
        engine.runAll(
            () -> {
              a.works.queueWork("first", () -> Worlds.await(first));
              a.works.flush();
            },
            () -> {
              untilBlocked(engine, "T0");
              // Runs until the flush has ended.
              a.works.queueWork("later", () -> untilEnded(engine, "T0"));
              first.countDown();
            }));
  }

  @Test
  void itemThatIsDoneAtOnceIsNotPendingForEver() {
    for (int i = 0; i < 200; i++) {
      clean(
          engine.runAll(
              () -> {
                a.works.queueWork("quick", () -> {});
                a.works.flush();
              }));
      assertThat(a.works.peek()).isNull();
    }
  }

  @Test
  void waitNamesTheKworkers() {
    CountDownLatch go = new CountDownLatch(1);

    clean(
        engine.runAll(
            () -> {
              a.works.queueWork("one", () -> Worlds.await(go));
              a.works.flush();
            },
            () -> {
              untilBlocked(engine, "T0");
              Context flusher = engine.contexts().get(0);
              Context.Wait wait = flusher.waiting();
              assertThat(wait.op()).isEqualTo(Op.FLUSH_WORKQUEUE);
              assertThat(a.works.awaited(wait.op(), wait.argument()))
                  .isEqualTo("the work on works");
              assertThat(a.works.blockers(wait.op(), wait.argument(), flusher))
                  .extracting(Context::name)
                  .containsExactly("kworker/0");
              go.countDown();
            }));
  }

  @Test
  void bugInAnItemEndsTheRun() {
    KernelBug bug =
        bug(
            engine.runAll(
                () -> {
                  a.works.queueWork("bad", a.mutex::unlock);
                  a.works.flush();
                }));

    assertThat(bug.sentence()).startsWith("kworker/0 releases a->lock of A, which nobody holds,");
  }

  @Test
  void queueingOnAFreedQueueIsReported() {
    a.kfree();

    assertThat(bug(engine.runAll(() -> a.works.queueWork("late", () -> {}))).kind())
        .isEqualTo(FindingKind.USE_AFTER_FREE);
  }
}
