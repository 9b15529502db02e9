package dev.mmexit.mm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.support.World;
import org.junit.jupiter.api.Test;

/** kernel/exit.c: a thread leaves its address space. */
class ExitTest {
  private final World world = new World();
  private final Exit exit = world.mm().exit;
  private final Task p0 = world.process("P0", 100);
  private final MmStruct mm = p0.mm.now();

  @Test
  void leavesTheAddressSpaceBeforeItDropsTheReference() {
    world.watch("mm");

    assertThat(world.record(() -> exit.exitMm(p0)))
        .follows(
            """
            exit_mm
              down_read mm->mmap_sem
              mmgrab
                inc mm->mm_count
              spin_lock task->alloc_lock
              task->mm = null
              up_read mm->mmap_sem
              spin_unlock task->alloc_lock
              mmput
                dec mm->mm_users: it is zero now
                __mmput
                  exit_mmap
                    mmu_notifier_release
                    free the page tables
                  mmdrop
                    dec mm->mm_count
            """);
    assertThat(mm.isAlive()).isTrue();
  }

  @Test
  void hasNothingToLeaveInAKernelThread() {
    Task kthread = new Task(world.engine(), "kthread", 2, 0, null);

    assertThat(world.record(() -> exit.exitMm(kthread))).follows("exit_mm");
  }

  @Test
  void leavesTheRestToTheOtherThreads() {
    Task thread = new Task(world.engine(), "P0", 101, 0, mm, p0.signal);
    mm.mmUsers.inc();

    assertThat(world.record(() -> exit.exitMm(thread)))
        .follows(
            """
            exit_mm
              down_read mm->mmap_sem
              mmgrab
                inc mm->mm_count
              spin_lock task->alloc_lock
              up_read mm->mmap_sem
              spin_unlock task->alloc_lock
              mmput
                dec mm->mm_users
            """);
  }

  @Test
  void doExitDropsTheLazyReferenceLast() {
    world.watch("exit_state");

    assertThat(world.record(() -> exit.doExit(p0)))
        .returned(0)
        .follows(
            """
            do_exit
              exit_mm
                down_read mm->mmap_sem
                mmgrab
                  inc mm->mm_count
                spin_lock task->alloc_lock
                up_read mm->mmap_sem
                spin_unlock task->alloc_lock
                mmput
                  dec mm->mm_users: it is zero now
                  __mmput ...
              task->exit_state = true
              mmdrop
                dec mm->mm_count: it is zero now
                __mmdrop
                  kfree mm_struct P0
            """);
  }

  @Test
  void exitsOnce() {
    exit.doExit(p0);

    assertThat(world.record(() -> exit.doExit(p0))).follows("do_exit: -ESRCH");
  }
}
