package dev.mmexit.kernel.threads;

import static dev.mmexit.kernel.Worlds.await;
import static dev.mmexit.kernel.Worlds.bug;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mmexit.kernel.KernelBug;
import dev.mmexit.kernel.Thing;
import dev.mmexit.kernel.Workqueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Operations on threads of the caller. */
@Timeout(60)
class PerformTest {
  private final ThreadEngine engine = new ThreadEngine();
  private final Thing a = new Thing(engine, "a");

  @Test
  void operationIsAContextForItsTime() {
    int result =
        engine.perform(
            "exit",
            () -> {
              assertThat(engine.current().name()).isEqualTo("exit");
              assertThat(engine.contexts()).containsExactly(engine.current());
              return 7;
            });

    assertThat(result).isEqualTo(7);
    assertThat(engine.contexts()).isEmpty();
    assertThat(engine.result().isClean()).isTrue();
    assertThatIllegalStateException().isThrownBy(engine::current);
    assertThatIllegalStateException().isThrownBy(() -> engine.runAll());
  }

  @Test
  void settlesWhenWhatOperationsLeftBehindHasEnded() {
    CountDownLatch begun = new CountDownLatch(1);
    Workqueue queue = new Workqueue(a, "queue");
    engine.perform(
        "T0",
        () -> {
          a.mutex.lock();
          queue.queueWork("work", () -> work(begun));
          await(begun);
          a.mutex.unlock();
          return 0;
        });

    engine.settle();

    assertThat(engine.contexts()).isEmpty();
    assertThat(a.number.now()).isEqualTo(1);
    assertThat(engine.result().isClean()).isTrue();
  }

  /**
   * What a model checker of Java code stores as a state must not say in which order it came to be.
   */
  @Test
  void workIsToldByWhoQueuedItAndNotByWhatElseWasQueued() {
    Map<String, Long> keys = keysOfWork("T0", "T1");

    assertThat(keys).hasSize(2).doesNotContainValue(engine.current().canonicalHash());
    assertThat(keys.get("T0")).isNotEqualTo(keys.get("T1"));
    assertThat(keysOfWork("T1", "T0")).isEqualTo(keys);
  }

  private static Map<String, Long> keysOfWork(String... order) {
    ThreadEngine engine = new ThreadEngine();
    Thing thing = new Thing(engine, "a");
    Map<String, Long> keys = new ConcurrentHashMap<>();
    engine.enlist(List.of("T0", "T1"));
    for (String name : order) {
      engine.perform(
          name,
          () -> {
            thing.works.queueWork("work", () -> keys.put(name, engine.current().canonicalHash()));
            return 0;
          });
    }
    engine.settle();
    return keys;
  }

  private void work(CountDownLatch begun) {
    begun.countDown();
    a.mutex.lock();
    a.number.set(1);
    a.mutex.unlock();
  }

  @Test
  void settlesInASetUpWhichGoesOn() {
    new Workqueue(a, "queue").queueWork("work", () -> a.number.set(1));

    engine.settle();

    assertThat(a.number.get()).isEqualTo(1);
  }

  @Test
  void settlingTellsWhatIsNoBug() {
    new Workqueue(a, "queue")
        .queueWork(
            "work",
            () -> {
              throw new UnsupportedOperationException("broken");
            });

    assertThatThrownBy(engine::settle).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void operationsOfForeignThreadsThatDeadlockAllThrowIt() throws Exception {
    Thing b = new Thing(engine, "b");
    CountDownLatch both = new CountDownLatch(2);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<KernelBug> bugs = new ArrayList<>();
      List<Callable<KernelBug>> operations =
          List.of(() -> cross("one", a, b, both), () -> cross("two", b, a, both));
      for (Future<KernelBug> future : threads.invokeAll(operations)) {
        bugs.add(future.get());
      }

      assertThat(bugs).hasSize(2);
      assertThat(bugs.get(0)).isSameAs(bugs.get(1)).isSameAs(engine.result().bug());
      assertThat(bugs.get(0).sentence())
          .contains("one holds a->lock and waits for b->lock")
          .contains("two holds b->lock and waits for a->lock");
      assertThat(engine.result().stacks()).containsOnlyKeys("one", "two");
    } finally {
      threads.shutdown();
    }
    assertThat(bug(() -> engine.perform("late", () -> 0))).isSameAs(engine.result().bug());
  }

  private KernelBug cross(String name, Thing first, Thing second, CountDownLatch both) {
    return bug(
        () ->
            engine.perform(
                name,
                () ->
                    engine.call(
                        "f",
                        () -> {
                          first.mutex.lock();
                          both.countDown();
                          await(both);
                          second.mutex.lock();
                          return 0;
                        })));
  }
}
