package dev.mmexit.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mmexit.kernel.Errno;
import dev.mmexit.kernel.KernelBug;
import dev.mmexit.support.World;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** fs/file.c, fs/file_table.c and kernel/task_work.c: who releases a file, and when. */
class FilesTest {
  private final World world = new World();
  private final MmSubsystem mm = world.mm();
  private final Task p0 = world.process("P0", 100);
  private final List<String> released = new ArrayList<>();
  private final OpenFile c0 = mm.fileTable.allocFile("C0", () -> released.add("C0"));
  private final OpenFile c1 = mm.fileTable.allocFile("C1", () -> released.add("C1"));

  @BeforeEach
  void open() {
    p0.files.set(new FilesStruct(world.engine(), 2));
    mm.fdTable.fdInstall(p0.files.now(), 0, c0);
    mm.fdTable.fdInstall(p0.files.now(), 1, c1);
    world.runAs(p0);
  }

  @Test
  void oneOfSeveralReferencesIsJustDropped() {
    mm.fileTable.getFile(c0);

    assertThat(world.record(() -> mm.fileTable.fput(c0)))
        .follows(
            """
            fput
              dec file->f_count
            """);
  }

  @Test
  void lastReferenceIsReleasedOnTheWayBackToUserMode() {
    assertThat(world.record(() -> mm.fileTable.fput(c0)))
        .follows(
            """
            fput
              dec file->f_count: it is zero now
              task_work_add
            """);
    assertThat(released).isEmpty();

    assertThat(world.record(() -> mm.taskWork.tracehookNotifyResume(p0)))
        .follows(
            """
            tracehook_notify_resume
              task_work_run
                ____fput
                  __fput
            """);
    assertThat(released).containsExactly("C0");
    assertThat(world.record(() -> mm.taskWork.tracehookNotifyResume(p0))).follows("");
  }

  @Test
  void kworkerLeavesItToAnotherKworker() {
    world.runAs(null);

    assertThat(world.record(() -> mm.fileTable.fput(c0)))
        .follows(
            """
            fput
              dec file->f_count: it is zero now
              queue_work delayed_fput on system_wq
            """);
    assertThat(released).isEmpty();

    assertThat(world.drained())
        .follows(
            """
            [kworker/0]
            delayed_fput
              __fput
            """);
    assertThat(released).containsExactly("C0");
  }

  @Test
  void afterTheLastTaskWorkAKworkerReleasesIt() {
    mm.taskWork.exitTaskWork(p0);

    assertThat(world.record(() -> mm.taskWork.taskWorkAdd(p0, c0)))
        .returned(-Errno.ESRCH)
        .follows("task_work_add: -ESRCH");
    assertThat(world.record(() -> mm.fileTable.fput(c0)))
        .follows(
            """
            fput
              dec file->f_count: it is zero now
              task_work_add: -ESRCH
              queue_work delayed_fput on system_wq
            """);
  }

  @Test
  void newestWorkIsDoneFirst() {
    mm.fileTable.fput(c0);
    mm.fileTable.fput(c1);

    mm.taskWork.taskWorkRun(p0, false);

    assertThat(released).containsExactly("C1", "C0");
  }

  @Test
  void workMayAddWork() {
    OpenFile c2 = mm.fileTable.allocFile("C2", () -> mm.fileTable.fput(c0));
    mm.fileTable.fput(c2);

    mm.taskWork.taskWorkRun(p0, true);

    assertThat(released).containsExactly("C0");
    assertThat(mm.taskWork.taskWorkAdd(p0, c1)).isEqualTo(-Errno.ESRCH);
  }

  @Test
  void exitClosesFilesAfterTheAddressSpaceAndReleasesThemAtTheEnd() {
    mm.fileTable.getFile(c1);

    assertThat(world.record(() -> mm.exit.doExit(p0)))
        .returned(0)
        .follows(
            """
            do_exit
              exit_mm ...
              exit_files
                spin_lock task->alloc_lock
                spin_unlock task->alloc_lock
                put_files_struct
                  close_files
                    filp_close
                      fput
                        dec file->f_count: it is zero now
                        task_work_add
                    filp_close
                      fput
                        dec file->f_count
                  kfree files_struct
              exit_task_work
                task_work_run
                  ____fput
                    __fput
              mmdrop ...
            """);
    assertThat(released).containsExactly("C0");
    assertThat(p0.files.now()).isNull();
  }

  @Test
  void execClosesWhatIsMarked() {
    p0.files.now().closeOnExec(0).set(false);

    mm.fdTable.doCloseOnExec(p0.files.now());

    assertThat(mm.fdTable.fdget(p0.files.now(), 0)).isSameAs(c0);
    assertThat(mm.fdTable.fdget(p0.files.now(), 1)).isNull();
    assertThat(c1.fCount.now()).isZero();
  }

  @Test
  void whoLooksTooLateGetsNoReference() {
    assertThat(world.record(() -> mm.fileTable.getFileRcu(c0)))
        .returned(true)
        .follows(
            """
            get_file_rcu
              inc_not_zero file->f_count
            """);
    mm.fileTable.fput(c0);
    mm.fileTable.fput(c0);

    assertThat(world.record(() -> mm.fileTable.getFileRcu(c0)))
        .returned(false)
        .follows(
            """
            get_file_rcu
              inc_not_zero file->f_count: it is zero
            """);
  }

  @Test
  void oneTooManyIsFound() {
    mm.fileTable.fput(c0);

    assertThatThrownBy(() -> mm.fileTable.fput(c0))
        .isInstanceOf(KernelBug.class)
        .hasMessageContaining("below zero");
  }
}
