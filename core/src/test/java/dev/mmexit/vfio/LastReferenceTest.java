package dev.mmexit.vfio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.iommu.IommuGroup;
import dev.mmexit.mm.Task;
import dev.mmexit.support.World;
import dev.mmexit.support.World.Waiter;
import org.junit.jupiter.api.Test;

/** A process exits while an ioctl has a reference to its address space, which is then the last. */
class LastReferenceTest {
  private final World world = new World();
  private final IommuGroup g0 = world.group("G0", "D0");
  private final VfioIommu c0 = world.containerOf(g0);
  private final Task manager = world.process("manager", 1);
  private final Task p0 = world.process("P0", 100);
  private final UserBind arg = UserBind.ofPid(world.engine(), 100);

  /** The ioctl, at the container's lock while P0 exits; nobody holds the lock then. */
  private Waiter ioctlAcrossExit(int cmd) {
    c0.lock.lock();
    Waiter caller =
        world.waiter("T1", manager, () -> world.type1().vfioIommuType1Ioctl(c0, cmd, arg));
    world.mm().exit.doExit(p0);
    c0.lock.unlock();
    return caller;
  }

  @Test
  void bindTakesTheAddressSpaceDownWithoutTheLock() {
    Waiter caller = ioctlAcrossExit(VfioIommuIoctl.VFIO_IOMMU_BIND);

    assertThat(world.record(caller::finish))
        .follows(
            """
            [T1]
                mutex_lock iommu->lock
                kzalloc vfio_mm
                vfio_iommu_bind_group ...
                list_add vfio_mm P0 to iommu->mm_list
                copy_to_user
                mutex_unlock iommu->lock
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
                            io_mm_put ...
                          spin_lock mmu_notifier_mm->lock
                          spin_unlock mmu_notifier_mm->lock
                          srcu_read_unlock mmu_notifier srcu
                          synchronize_srcu mmu_notifier srcu
                      free the page tables
                    mmdrop
                      dec mm->mm_count
            """);
    assertThat(World.listed(c0)).isEmpty();
  }

  @Test
  void unbindTakesTheAddressSpaceDownWithoutTheLock() {
    world.bind(c0, p0);
    Waiter caller = ioctlAcrossExit(VfioIommuIoctl.VFIO_IOMMU_UNBIND);

    assertThat(world.record(caller::finish))
        .follows(
            """
            [T1]
                mutex_lock iommu->lock
                vfio_iommu_unbind ...
                list_del vfio_mm P0 from next
                kfree vfio_mm P0
                mutex_unlock iommu->lock
                mmput
                  dec mm->mm_users: it is zero now
                  __mmput
                    exit_mmap
                      mmu_notifier_release
                        __mmu_notifier_release
                          srcu_read_lock mmu_notifier srcu
                          spin_lock mmu_notifier_mm->lock
                          spin_unlock mmu_notifier_mm->lock
                          srcu_read_unlock mmu_notifier srcu
                          synchronize_srcu mmu_notifier srcu
                      free the page tables
                    mmdrop
                      dec mm->mm_count
            """);
  }

  @Test
  void replayLeavesItToAKworker() {
    world.bind(c0, p0);
    IommuGroup g1 = world.group("G1", "D1");
    g1.mutex.lock();
    VfioGroup record = new VfioGroup(world.engine());
    record.iommuGroup.set(g1);
    Waiter attacher =
        world.waiter("T1", manager, () -> world.type1().vfioIommuReplayBind(c0, record));
    world.mm().exit.doExit(p0);
    g1.mutex.unlock();

    assertThat(world.record(attacher::finish))
        .follows(
            """
            [T1]
                  mutex_lock group->mutex
                  vfio_iommu_sva_init ...
                  mutex_unlock group->mutex
                iommu_group_for_each_dev ...
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
                exit_mmap ...
                mmdrop
                  dec mm->mm_count
            [srcu/0]
            io_mm_free ...
            """);
    assertThat(World.listed(c0)).isEmpty();
  }
}
