package dev.mmexit.vfio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.kernel.ErrPtr;
import dev.mmexit.kernel.Errno;
import dev.mmexit.mm.MmStruct;
import dev.mmexit.mm.Task;
import dev.mmexit.support.Trace;
import dev.mmexit.support.World;
import org.junit.jupiter.api.Test;

/** {@code vfio_iommu_get_mm_by_vpid} and the {@code mm_access} in it: the table of errnos. */
class GetMmByVpidTest {
  private final World world = new World();
  private final Task root = world.process("root", 1);
  private final Task p0 = world.kernel().addProcess("P0", 100, 7);
  private final Task p1 = world.kernel().addProcess("P1", 101, 8);

  private Trace get(Task caller, int vpid) {
    world.runAs(caller);
    return world.record(() -> world.type1().vfioIommuGetMmByVpid(vpid));
  }

  @Test
  void findsAnotherProcessThatMayBeTraced() {
    MmStruct mm = p0.mm.now();

    assertThat(get(root, 100))
        .returned(ErrPtr.of(mm))
        .follows(
            """
            vfio_iommu_get_mm_by_vpid
              find_get_task_by_vpid
              mm_access
                mutex_lock signal->cred_guard_mutex
                get_task_mm
                  spin_lock task->alloc_lock
                  inc mm->mm_users
                  spin_unlock task->alloc_lock
                ptrace_may_access
                mutex_unlock signal->cred_guard_mutex
            """);
    assertThat(mm.mmUsers.now()).isEqualTo(2);
  }

  @Test
  void asksNobodyAboutTheCallersOwn() {
    assertThat(get(p0, 100))
        .returned(ErrPtr.of(p0.mm.now()))
        .follows(
            """
            vfio_iommu_get_mm_by_vpid
              find_get_task_by_vpid
              mm_access
                mutex_lock signal->cred_guard_mutex
                get_task_mm ...
                mutex_unlock signal->cred_guard_mutex
            """);
  }

  @Test
  void findsNoTask() {
    assertThat(get(root, 999))
        .returned(ErrPtr.error(-Errno.ESRCH))
        .follows(
            """
            vfio_iommu_get_mm_by_vpid: -ESRCH
              find_get_task_by_vpid
            """);
  }

  @Test
  void findsNoAddressSpaceInAKernelThread() {
    world.mm().pid.add(new Task(world.engine(), "kthread", 2, 0, null));

    assertThat(get(root, 2))
        .returned(ErrPtr.error(-Errno.ESRCH))
        .follows(
            """
            vfio_iommu_get_mm_by_vpid: -ESRCH
              find_get_task_by_vpid
              mm_access
                mutex_lock signal->cred_guard_mutex
                get_task_mm
                  spin_lock task->alloc_lock
                  spin_unlock task->alloc_lock
                mutex_unlock signal->cred_guard_mutex
            """);
  }

  @Test
  void findsNoAddressSpaceInAZombie() {
    world.mm().exit.doExit(p0);

    assertThat(get(root, 100)).returned(ErrPtr.error(-Errno.ESRCH));
  }

  @Test
  void dropsWhatTheCallerMayNotHaveUnderTheMutex() {
    assertThat(get(p1, 100))
        .returned(ErrPtr.error(-Errno.EACCES))
        .follows(
            """
            vfio_iommu_get_mm_by_vpid: -EACCES
              find_get_task_by_vpid
              mm_access: -EACCES
                mutex_lock signal->cred_guard_mutex
                get_task_mm
                  spin_lock task->alloc_lock
                  inc mm->mm_users
                  spin_unlock task->alloc_lock
                ptrace_may_access
                mmput
                  dec mm->mm_users
                mutex_unlock signal->cred_guard_mutex
            """);
    assertThat(p0.mm.now().mmUsers.now()).isEqualTo(1);
  }
}
