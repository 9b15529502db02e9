package dev.mmexit.kernel;

import static dev.mmexit.kernel.Worlds.bug;
import static dev.mmexit.kernel.Worlds.clean;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.mmexit.kernel.threads.ThreadEngine;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What may not be done under a spinlock or in an SRCU callback. */
@Timeout(60)
class AtomicContextTest {
  private final ThreadEngine engine = new ThreadEngine();
  private final Thing a = new Thing(engine, "a");

  static Stream<Arguments> sleepingCalls() {
    return Stream.of(
        call("mutex_lock", thing -> thing.mutex.lock()),
        call("down_read", thing -> thing.sem.downRead()),
        call("down_write", thing -> thing.sem.downWrite()),
        call("synchronize_srcu", thing -> thing.srcu.synchronize()),
        call("flush_workqueue", thing -> thing.works.flush()),
        call("schedule", thing -> thing.queue.waitEvent(() -> true, thing.flag, "nothing")));
  }

  private static Arguments call(String name, Consumer<Thing> call) {
    return arguments(name, call);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sleepingCalls")
  void sleepingUnderASpinlockIsReportedEvenWhereNobodyWouldWait(String name, Consumer<Thing> call) {
    a.spin.lock();

    KernelBug bug = bug(() -> call.accept(a));

    assertThat(bug.kind()).isEqualTo(FindingKind.LOCK_MISUSE);
    assertThat(bug.object()).isSameAs(a);
    assertThat(bug.sentence())
        .startsWith(name + " of a->")
        .endsWith(" of A may sleep, but init holds a spinlock");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sleepingCalls")
  void sleepingInACallbackIsReported(String name, Consumer<Thing> call) {
    KernelBug bug =
        bug(
            engine.runAll(
                () ->
                    a.srcu.call(
                        "io_mm_free", () -> engine.run("io_mm_free", () -> call.accept(a)))));

    assertThat(bug.kind()).isEqualTo(FindingKind.LOCK_MISUSE);
    assertThat(bug.sentence())
        .startsWith(name)
        .endsWith("may sleep, but io_mm_free() by srcu/0 runs in atomic context");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sleepingCalls")
  void sleepingIsAllowedElsewhere(String name, Consumer<Thing> call) {
    a.spin.lock();
    a.spin.unlock();

    call.accept(a);
  }

  @Test
  void callsThatDoNotSleepAreAllowedUnderASpinlock() {
    Thing b = new Thing(engine, "b");

    clean(
        engine.runAll(
            () -> {
              a.spin.lock();
              b.spin.lock();
              b.spin.unlock();
              a.refs.inc();
              a.srcu.readLock();
              a.srcu.readUnlock();
              a.srcu.call("nothing", () -> {});
              a.works.queueWork("nothing", () -> {});
              a.queue.wakeUpAll();
              a.other.writeOnce(b);
              a.spin.unlock();
            }));
  }

  @Test
  void waitEventLockIrqDropsTheOneLockThatItIsGiven() {
    Thing b = new Thing(engine, "b");
    a.flag.set(true);

    KernelBug bug =
        bug(
            engine.runAll(
                () -> {
                  b.spin.lock();
                  a.spin.lock();
                  a.queue.waitEventLockIrq(a.flag, a.spin, "something");
                }));

    assertThat(bug.kind()).isEqualTo(FindingKind.LOCK_MISUSE);
    assertThat(bug.sentence()).startsWith("schedule of a->queue");
  }
}
