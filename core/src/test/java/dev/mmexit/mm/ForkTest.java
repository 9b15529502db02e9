package dev.mmexit.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mmexit.kernel.KernelBug;
import dev.mmexit.support.World;
import org.junit.jupiter.api.Test;

/** kernel/fork.c: the two counters of an address space, and what happens at zero. */
class ForkTest {
  private final World world = new World();
  private final Fork fork = world.mm().fork;
  private final Task p0 = world.process("P0", 100);
  private final MmStruct mm = p0.mm.now();

  @Test
  void beginsWithOneOfEach() {
    assertThat(mm.mmUsers.now()).isEqualTo(1);
    assertThat(mm.mmCount.now()).isEqualTo(1);
  }

  @Test
  void mmputDropsOneOfSeveral() {
    fork.mmgetNotZero(mm);

    assertThat(world.record(() -> fork.mmput(mm)))
        .follows(
            """
            mmput
              dec mm->mm_users
            """);
  }

  @Test
  void lastMmputTakesTheAddressSpaceDownInTheCallersContext() {
    assertThat(world.record(() -> fork.mmput(mm)))
        .follows(
            """
            mmput
              dec mm->mm_users: it is zero now
              __mmput
                exit_mmap
                  mmu_notifier_release
                  free the page tables
                mmdrop
                  dec mm->mm_count: it is zero now
                  __mmdrop
                    kfree mm_struct P0
            """);
  }

  @Test
  void structOutlivesItsUsersWhileItIsGrabbed() {
    fork.mmgrab(mm);

    fork.mmput(mm);

    assertThat(mm.isAlive()).isTrue();
    assertThat(mm.pageTablesFreed.now()).isTrue();
    assertThat(world.record(() -> fork.mmdrop(mm)))
        .follows(
            """
            mmdrop
              dec mm->mm_count: it is zero now
              __mmdrop
                kfree mm_struct P0
            """);
  }

  @Test
  void mmputAsyncDropsOneOfSeveral() {
    fork.mmgetNotZero(mm);

    assertThat(world.record(() -> fork.mmputAsync(mm)))
        .follows(
            """
            mmput_async
              dec mm->mm_users
            """);
  }

  @Test
  void lastMmputAsyncLeavesTheWorkToAKworker() {
    assertThat(world.record(() -> fork.mmputAsync(mm)))
        .follows(
            """
            mmput_async
              dec mm->mm_users: it is zero now
              queue_work mmput_async_fn on system_wq
            """);
    assertThat(world.drained())
        .follows(
            """
            [kworker/0]
            mmput_async_fn
              __mmput
                exit_mmap
                  mmu_notifier_release
                  free the page tables
                mmdrop
                  dec mm->mm_count: it is zero now
                  __mmdrop
                    kfree mm_struct P0
            """);
  }

  @Test
  void mmputAsyncMayBeCalledWhereSleepingIsNot() {
    world.sva().globals.iommuSvaLock.lock();

    fork.mmputAsync(mm);

    world.sva().globals.iommuSvaLock.unlock();
    world.drain();
    assertThat(mm.isAlive()).isFalse();
  }

  @Test
  void mmgetNotZeroFailsForGood() {
    assertThat(world.record(() -> fork.mmgetNotZero(mm)))
        .returned(true)
        .follows(
            """
            mmget_not_zero
              inc_not_zero mm->mm_users
            """);
    fork.mmgrab(mm);
    fork.mmput(mm);
    fork.mmput(mm);
    assertThat(world.record(() -> fork.mmgetNotZero(mm)))
        .returned(false)
        .follows(
            """
            mmget_not_zero
              inc_not_zero mm->mm_users: it is zero
            """);
    assertThatThrownBy(() -> mm.mmUsers.inc()).isInstanceOf(KernelBug.class);
  }

  @Test
  void getTaskMmLooksUnderTheTasksLock() {
    assertThat(world.record(() -> fork.getTaskMm(p0)))
        .returned(mm)
        .follows(
            """
            get_task_mm
              spin_lock task->alloc_lock
              inc mm->mm_users
              spin_unlock task->alloc_lock
            """);
    p0.mm.set(null);
    assertThat(world.record(() -> fork.getTaskMm(p0)))
        .returned(null)
        .follows(
            """
            get_task_mm
              spin_lock task->alloc_lock
              spin_unlock task->alloc_lock
            """);
  }
}
