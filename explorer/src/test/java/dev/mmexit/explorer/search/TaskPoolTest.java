package dev.mmexit.explorer.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TaskPoolTest {
  @Test
  void endsWhenEveryWorkerWaits() throws InterruptedException {
    TaskPool pool = new TaskPool(3);
    AtomicInteger done = new AtomicInteger();
    pool.give(task());
    Thread[] workers = new Thread[3];
    for (int i = 0; i < workers.length; i++) {
      workers[i] =
          new Thread(
              () -> {
                try {
                  while (pool.take() != null) {
                    if (done.incrementAndGet() < 100) {
                      pool.give(task());
                    }
                  }
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      workers[i].start();
    }
    for (Thread worker : workers) {
      worker.join();
    }
    assertThat(done).hasValue(100);
  }

  @Test
  void aSingleWorkerEndsWithTheLastTask() throws InterruptedException {
    TaskPool pool = new TaskPool(1);
    Task first = task();
    pool.give(first);
    assertThat(pool.isHungry()).isFalse();
    assertThat(pool.take()).isSameAs(first);
    assertThat(pool.take()).isNull();
  }

  @Test
  void canBeEnded() throws InterruptedException {
    TaskPool pool = new TaskPool(2);
    pool.give(task());
    pool.end();
    assertThat(pool.take()).isNull();
    assertThat(pool.take()).isNull();
  }

  private static Task task() {
    return new Task(new byte[0], new Frame(-1, new byte[0], new int[0]));
  }
}
