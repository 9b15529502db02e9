package dev.mmexit.mm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.iommu.IommuGroup;
import dev.mmexit.support.World;
import org.junit.jupiter.api.Test;

/** kernel/fork.c: what a new task shares, what it copies, and when it can be found. */
class CopyProcessTest {
  private static final int PID = 101;

  private final World world = new World();
  private final CopyProcess copy = world.mm().copyProcess;
  private final Task p0 = world.process("P0", 100);
  private final MmStruct mm = p0.mm.now();

  @Test
  void forkLocksBothAddressSpaces() {
    world.mm().pid.reserve(PID);

    assertThat(world.record(() -> copy.copyProcess(p0, "P1", PID, false)))
        .follows(
            """
            copy_process
              kzalloc signal_struct
              kzalloc task_struct
              copy_mm
                dup_mm
                  kzalloc mm_struct
                  dup_mmap
                    down_write mm->mmap_sem
                    down_write mm->mmap_sem
                    copy_page_range
                    up_write mm->mmap_sem
                    up_write mm->mmap_sem
              attach_pid
            """);
    MmStruct copied = world.mm().pid.findGetTaskByVpid(PID).mm.now();
    assertThat(copied).isNotSameAs(mm);
    assertThat(copied.mmUsers.now()).isEqualTo(1);
    assertThat(mm.mmUsers.now()).isEqualTo(1);
  }

  @Test
  void forkTellsTheNotifiersOfTheParentAndCopiesNone() {
    IommuGroup group = world.group("G0", "D0");
    world.bind(world.containerOf(group), p0);
    MmStruct copied = new MmStruct(world.engine(), "P1");

    assertThat(world.record(() -> copy.dupMmap(copied, mm)))
        .follows(
            """
            dup_mmap
              down_write mm->mmap_sem
              down_write mm->mmap_sem
              copy_page_range
                __mmu_notifier_invalidate_range
                  srcu_read_lock mmu_notifier srcu
                  iommu_notifier_invalidate_range ...
                  srcu_read_unlock mmu_notifier srcu
              up_write mm->mmap_sem
              up_write mm->mmap_sem
            """);
    assertThat(copied.mmuNotifierMm.now()).isNull();
  }

  @Test
  void cloneSharesTheAddressSpace() {
    world.mm().pid.reserve(PID);

    assertThat(world.record(() -> copy.copyProcess(p0, "P1", PID, true)))
        .follows(
            """
            copy_process
              kzalloc signal_struct
              kzalloc task_struct
              copy_mm
                mmget
                  inc mm->mm_users
              attach_pid
            """);
    Task child = world.mm().pid.findGetTaskByVpid(PID);
    assertThat(child.mm.now()).isSameAs(mm);
    assertThat(child.signal).isNotSameAs(p0.signal);
    assertThat(mm.mmUsers.now()).isEqualTo(2);
  }

  @Test
  void isNotFoundBefore() {
    world.mm().pid.reserve(PID);

    assertThat(world.mm().pid.findGetTaskByVpid(PID)).isNull();
  }

  @Test
  void copiesNothingOfATaskWithoutAddressSpace() {
    world.mm().exit.doExit(p0);
    Task child = new Task(world.engine(), "P1", PID, 0, null);

    assertThat(world.record(() -> copy.copyMm(p0, child, false))).follows("copy_mm");
    assertThat(child.mm.now()).isNull();
  }

  @Test
  void descriptorsComeFirstAndCountAsReferences() {
    p0.files.set(new FilesStruct(world.engine(), 2));
    OpenFile file = world.mm().fileTable.allocFile("C0", () -> {});
    world.mm().fdTable.fdInstall(p0.files.now(), 1, file);
    world.mm().pid.reserve(PID);

    assertThat(world.record(() -> copy.copyProcess(p0, "P1", PID, true)))
        .follows(
            """
            copy_process
              kzalloc signal_struct
              kzalloc task_struct
              copy_files
                dup_fd
                  kzalloc files_struct
                  spin_lock files->file_lock
                  get_file
                    inc file->f_count
                  spin_unlock files->file_lock
              copy_mm ...
              attach_pid
            """);
    FilesStruct copied = world.mm().pid.findGetTaskByVpid(PID).files.now();
    assertThat(copied.fd(1).now()).isSameAs(file);
    assertThat(copied.closeOnExec(1).now()).isTrue();
    assertThat(copied.fd(0).now()).isNull();
  }
}
