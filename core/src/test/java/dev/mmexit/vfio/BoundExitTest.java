package dev.mmexit.vfio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.iommu.IommuGroup;
import dev.mmexit.mm.Task;
import dev.mmexit.support.World;
import org.junit.jupiter.api.Test;

/** The exit of a process that a container is bound to, from {@code exit_mm} down. */
class BoundExitTest {
  private final World world = new World();
  private final IommuGroup g0 = world.group("G0", "D0");
  private final IommuGroup g1 = world.group("G1", "D1");
  private final Task manager = world.process("manager", 1);
  private final Task p0 = world.process("P0", 100);

  @Test
  void callsMmExitOnceForEachGroupWithOnePasid() {
    VfioIommu c0 = world.containerOf(g0, g1);
    world.bind(c0, p0);

    assertThat(world.record(() -> world.mm().exit.doExit(p0)))
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
                  __mmput
                    exit_mmap
                      mmu_notifier_release
                        __mmu_notifier_release
                          srcu_read_lock mmu_notifier srcu
                          iommu_notifier_release
                            spin_lock iommu_sva_lock
                            io_mm_get_locked
                              inc_not_zero io_mm->kref
                            spin_unlock iommu_sva_lock
                            iommu_signal_mm_exit
                              vfio_iommu_mm_exit
                                mutex_lock iommu->lock
                                list_del vfio_mm P0 from next
                                kfree vfio_mm P0
                                mutex_unlock iommu->lock
                            iopf_queue_flush_dev ...
                            spin_lock iommu_sva_lock
                            wake_up_all bond->mm_exit_wq
                            io_mm_detach_locked ...
                            spin_unlock iommu_sva_lock
                            iommu_signal_mm_exit
                              vfio_iommu_mm_exit
                                mutex_lock iommu->lock
                                mutex_unlock iommu->lock
                            iopf_queue_flush_dev ...
                            spin_lock iommu_sva_lock
                            wake_up_all bond->mm_exit_wq
                            io_mm_detach_locked ...
                            spin_unlock iommu_sva_lock
                            io_mm_put
                              spin_lock iommu_sva_lock
                              io_mm_put_locked
                                dec io_mm->kref: it is zero now
                                io_mm_release
                                  idr_remove iommu_pasid_idr: 1
                                  mmu_notifier_unregister_no_release
                                    spin_lock mmu_notifier_mm->lock
                                    hlist_del_init_rcu io_mm P0
                                    spin_unlock mmu_notifier_mm->lock
                                    mmdrop
                                      dec mm->mm_count
                                  mmu_notifier_call_srcu
                                    call_srcu io_mm_free
                              spin_unlock iommu_sva_lock
                          spin_lock mmu_notifier_mm->lock
                          spin_unlock mmu_notifier_mm->lock
                          srcu_read_unlock mmu_notifier srcu
                          synchronize_srcu mmu_notifier srcu
                      free the page tables
                    mmdrop
                      dec mm->mm_count
              mmdrop
                dec mm->mm_count
            """);
    assertThat(world.drained())
        .follows(
            """
            [srcu/0]
            io_mm_free
              arm_smmu_mm_free
                kfree io_mm P0
              mmdrop
                dec mm->mm_count: it is zero now
                __mmdrop
                  kfree mmu_notifier_mm P0
                  kfree mm_struct P0
            """);
    assertThat(World.listed(c0)).isEmpty();
    assertThat(c0.groupsNow()).containsExactly(g1, g0);
  }

  @Test
  void leavesTheOtherProcessesOfTheContainerBound() {
    VfioIommu c0 = world.containerOf(g0);
    world.bind(c0, world.process("P1", 101));
    world.bind(c0, p0);

    world.mm().exit.doExit(p0);
    world.drain();

    assertThat(World.listed(c0)).containsExactly("P1");
    assertThat(world.bond(g0.devices().get(0)).name()).isEqualTo("D0-P1");
  }

  @Test
  void detachWaitsForARunningMmExitWithTheContainersLockHeld() {
    VfioIommu c0 = world.containerOf(g0);
    world.bind(c0, p0);
    c0.lock.lock();
    world.waiter("T1", p0, () -> world.mm().exit.doExit(p0));
    c0.lock.unlock();

    assertThat(
            world.record(
                () ->
                    world.waiter(
                        "T2", manager, () -> world.type1().vfioIommuType1DetachGroup(c0, g0))))
        .follows(
            """
            [T2]
            vfio_iommu_type1_detach_group
              mutex_lock iommu->lock
              find_iommu_group
              iommu_detach_group
                mutex_lock group->mutex
                arm_smmu_attach_dev
                  arm_smmu_detach_dev
                    __iommu_sva_unbind_dev_all
                      iopf_queue_flush_dev ...
                      spin_lock iommu_sva_lock
                      io_mm_detach_locked
                        inc bond->refs
                        spin_unlock iommu_sva_lock
                        wait_event bond->mm_exit_wq for mm_exit of bond D0-P0
            """);
    assertThat(c0.lock.owner()).isEqualTo(g0.mutex.owner()).isNotNull();
  }
}
