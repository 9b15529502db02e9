package dev.mmexit.kernel;

import static dev.mmexit.kernel.Worlds.bug;
import static dev.mmexit.kernel.Worlds.clean;
import static dev.mmexit.kernel.Worlds.untilBlocked;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.kernel.threads.ThreadEngine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RwSemaphoreTest {
  private final ThreadEngine engine = new ThreadEngine();
  private final Thing a = new Thing(engine, "a");
  private final List<String> order = Collections.synchronizedList(new ArrayList<>());

  private void read(String name) {
    a.sem.downRead();
    order.add(name);
    a.sem.upRead();
  }

  private void write(String name) {
    a.sem.downWrite();
    order.add(name);
    a.sem.upWrite();
  }

  @Test
  void readersShareIt() {
    CountDownLatch inside = new CountDownLatch(3);
    Runnable reader =
        () -> {
          a.sem.downRead();
          Worlds.meet(inside);
          a.sem.upRead();
        };

    clean(engine.runAll(reader, reader, reader));

    assertThat(a.sem.holders()).isEmpty();
    assertThat(a.sem.peek()).isNull();
  }

  @Test
  void writerIsAlone() {
    Runnable writer =
        () -> {
          for (int i = 0; i < 1_000; i++) {
            a.sem.downWrite();
            a.number.set(a.number.get() + 1);
            a.sem.upWrite();
            a.sem.downRead();
            a.number.get();
            a.sem.upRead();
          }
        };

    clean(engine.runAll(writer, writer, writer));

    assertThat(a.number.now()).isEqualTo(3_000);
  }

  @Test
  void queuedWriterHoldsLaterReadersBack() {
    CountDownLatch held = new CountDownLatch(1);

    clean(
        engine.runAll(
            () -> {
              a.sem.downRead();
              held.countDown();
              untilBlocked(engine, "T1", "T2");
              assertThat(a.sem.holders()).containsExactly(engine.current());
              order.add("first");
              a.sem.upRead();
            },
            () -> {
              Worlds.await(held);
              write("writer");
            },
            () -> {
              untilBlocked(engine, "T1");
              read("later reader");
            }));

    assertThat(order).containsExactly("first", "writer", "later reader");
  }

  @Test
  void queueIsServedInOrderAndReadersInGroups() {
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch together = new CountDownLatch(2);

    clean(
        engine.runAll(
            () -> {
              a.sem.downWrite();
              held.countDown();
              untilBlocked(engine, "T1", "T2", "T3", "T4");
              a.sem.upWrite();
            },
            () -> {
              Worlds.await(held);
              a.sem.downRead();
              // Both readers before the writer are let in, or this never ends.
              Worlds.meet(together);
              order.add("reader");
              a.sem.upRead();
            },
            () -> {
              untilBlocked(engine, "T1");
              a.sem.downRead();
              Worlds.meet(together);
              order.add("reader");
              a.sem.upRead();
            },
            () -> {
              untilBlocked(engine, "T1", "T2");
              write("writer");
            },
            () -> {
              untilBlocked(engine, "T1", "T2", "T3");
              read("last");
            }));

    assertThat(order).containsExactly("reader", "reader", "writer", "last");
  }

  @Test
  void waitNamesTheHolders() {
    CountDownLatch held = new CountDownLatch(2);
    Runnable reader =
        () -> {
          a.sem.downRead();
          Worlds.meet(held);
          untilBlocked(engine, "T2");
          Context writer =
              engine.contexts().stream()
                  .filter(c -> c.name().equals("T2"))
                  .findFirst()
                  .orElseThrow();
          assertThat(a.sem.blockers(Op.RWSEM_GRANTED, null, writer)).contains(engine.current());
          a.sem.upRead();
        };

    clean(
        engine.runAll(
            reader,
            reader,
            () -> {
              Worlds.await(held);
              write("writer");
            }));

    assertThat(a.sem.held()).isEqualTo("holds a->sem");
  }

  @Test
  void takingItAgainIsReported() {
    a.sem.downRead();

    KernelBug bug = bug(a.sem::downWrite);

    assertThat(bug.kind()).isEqualTo(FindingKind.LOCK_MISUSE);
    assertThat(bug.sentence()).startsWith("init takes a->sem of A, which it holds already,");
    assertThat(bug(a.sem::downRead).kind()).isEqualTo(FindingKind.LOCK_MISUSE);
  }

  @Test
  void releasingWhatIsNotHeldIsReported() {
    assertThat(bug(a.sem::upRead).sentence())
        .startsWith("init releases a->sem of A, which it does not hold,");
    assertThat(bug(a.sem::upWrite).kind()).isEqualTo(FindingKind.LOCK_MISUSE);
  }

  @Test
  void releasingTheOtherWayIsReported() {
    a.sem.downRead();
    assertThat(bug(a.sem::upWrite).kind()).isEqualTo(FindingKind.LOCK_MISUSE);
    a.sem.upRead();

    a.sem.downWrite();
    assertThat(bug(a.sem::upRead).kind()).isEqualTo(FindingKind.LOCK_MISUSE);
    a.sem.upWrite();
  }
}
