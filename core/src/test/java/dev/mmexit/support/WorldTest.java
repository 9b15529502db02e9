package dev.mmexit.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mmexit.mm.MmStruct;
import dev.mmexit.mm.Task;
import org.junit.jupiter.api.Test;

/** Traces are compared line by line, and nothing waits unseen. */
class WorldTest {
  private final World world = new World();
  private final Task p0 = world.process("P0", 100);
  private final MmStruct mm = p0.mm.now();

  private Trace trace() {
    return world.record(() -> world.mm().fork.getTaskMm(p0));
  }

  @Test
  void acceptsTheSameLines() {
    assertThat(trace())
        .returned(mm)
        .follows(
            """
            get_task_mm
              spin_lock task->alloc_lock
              inc mm->mm_users
              spin_unlock task->alloc_lock
            """);
  }

  @Test
  void leavesOutWhatIsInAFunction() {
    assertThatCode(() -> assertThat(trace()).follows("get_task_mm ...")).doesNotThrowAnyException();
  }

  @Test
  void showsWhereTheOrderDiffers() {
    Trace trace = trace();

    assertThatThrownBy(
            () ->
                assertThat(trace)
                    .follows(
                        """
                        get_task_mm
                          inc mm->mm_users
                          spin_lock task->alloc_lock
                          spin_unlock task->alloc_lock
                        """))
        .hasMessageContaining("-  inc mm->mm_users\n   spin_lock task->alloc_lock\n+  inc");
  }

  @Test
  void refusesMissingAdditionalAndMisplacedLines() {
    for (String wrong :
        new String[] {
          "",
          "get_task_mm",
          "get_task_mm: -ESRCH ...",
          "get_task_mm ...\nmmput",
          "get_task_mm\n  spin_lock task->alloc_lock\n  inc mm->mm_users",
          "get_task_mm\nspin_lock task->alloc_lock\ninc mm->mm_users\nspin_unlock task->alloc_lock"
        }) {
      Trace trace = trace();
      assertThatThrownBy(() -> assertThat(trace).follows(wrong))
          .as(wrong)
          .isInstanceOf(AssertionError.class);
    }
  }

  @Test
  void refusesAnotherResult() {
    Trace trace = trace();

    assertThatThrownBy(() -> assertThat(trace).returned(null)).isInstanceOf(AssertionError.class);
  }

  @Test
  void givesTheErrnoOfAFunction() {
    Trace trace = world.record(() -> world.engine().call("f", () -> -22));

    assertThat(trace).hasToString("f: -EINVAL");
  }

  @Test
  void failsWhereSomethingWouldWait() {
    mm.mmapSem.downRead();

    assertThatThrownBy(() -> world.waiter("T1", p0, () -> mm.mmapSem.downWrite()).finish())
        .hasMessage("T1 failed")
        .cause()
        .hasMessage("rwsem_wait still waits for mm->mmap_sem in T1, under []");
    p0.allocLock.lock();
    assertThatThrownBy(() -> world.waiter("T2", p0, () -> world.mm().fork.getTaskMm(p0)).finish())
        .cause()
        .hasMessageStartingWith(
            "spin_lock still waits for task->alloc_lock in get_task_mm() by T2");
  }

  @Test
  void goesOnBesideTheTestOnceTheWaitIsOver() {
    p0.allocLock.lock();
    World.Waiter waiter = world.waiter("T1", p0, () -> world.mm().fork.getTaskMm(p0));
    p0.allocLock.unlock();

    assertThat(world.record(waiter::finish))
        .follows(
            """
            [T1]
              spin_lock task->alloc_lock
              inc mm->mm_users
              spin_unlock task->alloc_lock
            """);
  }

  @Test
  void runsWorkWhenItIsDrained() {
    world.mm().globals.systemWq.queueWork("work", () -> world.engine().run("f", () -> {}));

    assertThat(world.drained()).follows("[kworker/0]\nf\n");
    assertThat(world.drained()).follows("");
  }
}
