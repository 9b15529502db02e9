package dev.mmexit.mm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.support.World;
import org.junit.jupiter.api.Test;

/** fs/exec.c: the old address space goes first, then the descriptors, all under one mutex. */
class ExecTest {
  private final World world = new World();
  private final Exec exec = world.mm().exec;
  private final Task p0 = world.process("P0", 100);
  private final MmStruct old = p0.mm.now();

  @Test
  void dropsTheOldAddressSpaceUnderTheMutex() {
    world.watch("mm");

    assertThat(world.record(() -> exec.doExecveatCommon(p0, "P0'")))
        .returned(0)
        .follows(
            """
            do_execveat_common
              prepare_bprm_creds
                mutex_lock signal->cred_guard_mutex
              bprm_mm_init
                kzalloc mm_struct
              flush_old_exec
                exec_mmap
                  down_read mm->mmap_sem
                  spin_lock task->alloc_lock
                  task->mm = mm_struct P0'
                  spin_unlock task->alloc_lock
                  up_read mm->mmap_sem
                  mmput
                    dec mm->mm_users: it is zero now
                    __mmput
                      exit_mmap ...
                      mmdrop
                        dec mm->mm_count: it is zero now
                        __mmdrop ...
              install_exec_creds
                mutex_unlock signal->cred_guard_mutex
            """);
    assertThat(p0.mm.now().mmUsers.now()).isEqualTo(1);
    assertThat(old.isAlive()).isFalse();
  }

  @Test
  void leavesASharedAddressSpaceToTheOthers() {
    MmStruct mm = new MmStruct(world.engine(), "P0'");
    old.mmUsers.inc();

    assertThat(world.record(() -> exec.execMmap(p0, mm)))
        .follows(
            """
            exec_mmap
              down_read mm->mmap_sem
              spin_lock task->alloc_lock
              spin_unlock task->alloc_lock
              up_read mm->mmap_sem
              mmput
                dec mm->mm_users
            """);
    assertThat(old.isAlive()).isTrue();
  }

  @Test
  void hasNothingToDropInATaskWithoutAddressSpace() {
    MmStruct mm = new MmStruct(world.engine(), "init");
    Task kthread = new Task(world.engine(), "kthread", 2, 0, null);

    assertThat(world.record(() -> exec.execMmap(kthread, mm)))
        .follows(
            """
            exec_mmap
              spin_lock task->alloc_lock
              spin_unlock task->alloc_lock
            """);
    assertThat(kthread.mm.now()).isSameAs(mm);
  }

  @Test
  void closesFilesAfterTheAddressSpaceHasGone() {
    p0.files.set(new FilesStruct(world.engine(), 1));
    OpenFile file = world.mm().fileTable.allocFile("C0", () -> {});
    world.mm().fdTable.fdInstall(p0.files.now(), 0, file);
    MmStruct mm = new MmStruct(world.engine(), "P0'");
    world.runAs(p0);

    assertThat(world.record(() -> exec.flushOldExec(p0, mm)))
        .follows(
            """
            flush_old_exec
              exec_mmap ...
              do_close_on_exec
                spin_lock files->file_lock
                spin_unlock files->file_lock
                filp_close
                  fput
                    dec file->f_count: it is zero now
                    task_work_add
                spin_lock files->file_lock
                spin_unlock files->file_lock
            """);
  }

  @Test
  void bindingByPidWaitsForTheEndOfTheExec() {
    Task manager = world.process("manager", 1);
    p0.signal.credGuardMutex.lock();
    MmStruct[] found = new MmStruct[1];
    World.Waiter waiter =
        world.waiter("manager", manager, () -> found[0] = world.mm().fork.mmAccess(p0).pointer());
    MmStruct mm = new MmStruct(world.engine(), "P0'");
    exec.flushOldExec(p0, mm);
    p0.signal.credGuardMutex.unlock();

    waiter.finish();

    assertThat(found[0]).isSameAs(mm);
  }
}
