package dev.mmexit.kernel.threads;

import static dev.mmexit.kernel.Worlds.bug;
import static dev.mmexit.kernel.Worlds.clean;
import static dev.mmexit.kernel.Worlds.untilBlocked;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mmexit.kernel.Cell;
import dev.mmexit.kernel.Context;
import dev.mmexit.kernel.Errno;
import dev.mmexit.kernel.FaultInjection;
import dev.mmexit.kernel.FaultSite;
import dev.mmexit.kernel.KernelBug;
import dev.mmexit.kernel.Op;
import dev.mmexit.kernel.Struct;
import dev.mmexit.kernel.Thing;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a harness with a scheduler of its own decides, and what it is told. */
@Timeout(60)
class HarnessTest {
  private final Recording harness = new Recording();
  private final ThreadEngine engine = new ThreadEngine(harness);
  private final Thing a = new Thing(engine, "a");

  /** Runs all on one thread: whoever waits has those run that have been started. */
  private static final class Recording implements Harness {
    final List<String> told = new ArrayList<>();
    final Deque<Runnable> started = new ArrayDeque<>();
    boolean fails;
    @Nullable RuntimeException refusal;

    @Override
    public void execute(Runnable context) {
      started.add(context);
    }

    @Override
    public boolean idle() {
      Runnable next = started.poll();
      if (next == null) {
        return false;
      }
      next.run();
      return true;
    }

    @Override
    public boolean isSerial() {
      return true;
    }

    @Override
    public void before(Context context, Cell cell, @Nullable Op op, boolean writes) {
      String what = op != null ? op.text() : writes ? "write" : "read";
      tell(context, "before " + what + " " + cell.expression() + ", now " + cell.text(cell.peek()));
    }

    @Override
    public void after(Context context, Cell cell, Op op) {
      tell(context, "after " + op.text() + " " + cell.expression());
    }

    @Override
    public void beforeFree(Context context, Struct struct) {
      tell(context, "before kfree " + struct.variable());
    }

    @Override
    public void beforeBug(Context context, KernelBug bug) {
      tell(context, "before " + bug.kind().label());
      if (refusal != null) {
        throw refusal;
      }
    }

    @Override
    public void ended() {
      told.add("ended");
    }

    @Override
    public void spawned(Context parent, Context child) {
      tell(parent, "starts " + child.name());
    }

    @Override
    public boolean choose(Context context) {
      tell(context, "chooses");
      return fails;
    }

    @Override
    public void await(Context context, Cell cell, BooleanSupplier blocked) {
      tell(context, "waits for " + cell.expression());
      while (blocked.getAsBoolean()) {
        assertThat(idle()).as("somebody else to run").isTrue();
      }
    }

    @Override
    public void wake(Cell cell) {
      told.add("wake " + cell.expression());
    }

    private void tell(Context context, String what) {
      told.add(context.name() + ": " + what);
    }
  }

  private void perform(Runnable code) {
    harness.told.clear();
    engine.perform(
        "T0",
        () -> {
          code.run();
          return 0;
        });
  }

  @Test
  void plainAccessesAreAnnounced() {
    perform(() -> a.number.set(a.number.get() + 1));

    assertThat(harness.told)
        .containsExactly("T0: before read a->number, now 0", "T0: before write a->number, now 0");
    assertThat(a.number.now()).isEqualTo(1);
  }

  @Test
  void operationsAreAnnouncedAndToldOfAfterwards() {
    perform(
        () -> {
          a.mutex.lock();
          a.mutex.unlock();
        });

    assertThat(harness.told)
        .containsExactly(
            "T0: before mutex_lock a->lock, now free",
            "T0: after mutex_lock a->lock",
            "T0: before mutex_unlock a->lock, now T0",
            "T0: after mutex_unlock a->lock");
  }

  @Test
  void whoHasToWaitStandsBeforeNothingAndIsWoken() {
    perform(
        () -> {
          a.works.queueWork("work", () -> a.number.set(1));
          a.works.flush();
        });

    assertThat(harness.told)
        .contains("T0: starts kworker/0", "T0: waits for a->works", "wake a->works")
        .contains("T0: after flush_workqueue a->works")
        .noneMatch(line -> line.startsWith("T0: before flush_workqueue"));
    assertThat(a.number.now()).isEqualTo(1);
  }

  @Test
  void setUpThatWaitsRunsWhatItHasStarted() {
    a.works.queueWork("work", () -> a.number.set(1));
    a.works.flush();

    assertThat(a.number.get()).isEqualTo(1);
    assertThat(harness.told).noneMatch(line -> line.contains("waits for"));
  }

  @Test
  void freeingIsAnnounced() {
    Thing b = new Thing(engine, "b");

    perform(b::kfree);

    assertThat(harness.told).startsWith("T0: before kfree b");
  }

  @Test
  void decidesWhetherACallFails() {
    FaultInjection faults = new FaultInjection(engine);
    faults.failAny(1);
    faults.arm();
    List<Boolean> failed = new ArrayList<>();

    for (boolean fails : new boolean[] {false, true}) {
      harness.fails = fails;
      perform(() -> failed.add(engine.shouldFail(FaultSite.KZALLOC, -Errno.ENOMEM)));
      assertThat(harness.told).contains("T0: chooses");
    }

    assertThat(failed).containsExactly(false, true);
  }

  @Test
  void errorIsAnnouncedBeforeItEndsTheWorld() {
    KernelBug found = bug(() -> perform(() -> a.mutex.unlock()));

    assertThat(engine.result().bug()).isSameAs(found);
    assertThat(harness.told).endsWith("T0: before lock-misuse", "ended");
  }

  /** It has seen what follows, say. */
  @Test
  void mayEndTheWorldInsteadOfAnError() {
    harness.refusal = new UnsupportedOperationException("no more");

    assertThatThrownBy(() -> perform(() -> a.mutex.unlock())).isSameAs(harness.refusal);

    assertThat(engine.result().bug()).isNull();
    assertThatIllegalStateException()
        .isThrownBy(() -> perform(() -> a.mutex.lock()))
        .withMessage("another context failed")
        .withCause(harness.refusal);
  }

  @Test
  void enlistingEndsTheSetUpAndLetsAllIn() {
    engine.enlist(List.of("T0", "T1"));

    assertThat(engine.contexts()).extracting(Context::name).containsExactly("T0", "T1");
    assertThatIllegalStateException().isThrownBy(engine::current);
    perform(() -> assertThat(engine.current()).isSameAs(engine.contexts().get(0)));
    assertThat(engine.contexts()).extracting(Context::name).containsExactly("T1");
  }

  /** On real threads: one that is not there yet may end a wait, if it is known to come. */
  @Test
  void whoWaitsForOneThatHasNotBegunIsInNoDeadlock() throws Exception {
    ThreadEngine real = new ThreadEngine();
    Thing b = new Thing(real, "b");
    b.flag.set(true);
    real.enlist(List.of("waiter", "waker"));
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<Integer> waiter = thread.submit(() -> real.perform("waiter", () -> awaitFlag(b)));
      untilBlocked(real, "waiter");

      real.perform("waker", () -> clearFlag(b));

      assertThat(waiter.get()).isEqualTo(7);
      clean(real.result());
    } finally {
      thread.shutdown();
    }
  }

  @Test
  void whoWaitsForOneThatNobodyKnowsOfIsInADeadlock() {
    ThreadEngine real = new ThreadEngine();
    Thing b = new Thing(real, "b");
    b.flag.set(true);
    real.enlist(List.of("waiter"));

    assertThat(bug(() -> real.perform("waiter", () -> awaitFlag(b))).sentence())
        .contains("waiter waits for the flag");
  }

  private static int awaitFlag(Thing b) {
    b.queue.waitEvent(() -> !b.flag.get(), b.flag, "the flag");
    return b.seven.get();
  }

  private static int clearFlag(Thing b) {
    b.flag.set(false);
    b.queue.wakeUpAll();
    return 0;
  }
}
