package dev.mmexit.vfio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.iommu.IommuGroup;
import dev.mmexit.kernel.Errno;
import dev.mmexit.mm.Task;
import dev.mmexit.support.Trace;
import dev.mmexit.support.World;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** MAP_DMA and UNMAP_DMA, and what attach and detach do with what is mapped. */
class DmaTest {
  private final World world = new World();
  private final VfioIommuType1 type1 = world.type1();
  private final IommuGroup g0 = world.group("G0", "D0");
  private final IommuGroup mdev = world.mediatedGroup("G1", "D1");
  private final Task p0 = world.process("P0", 100);

  @BeforeEach
  void callAsP0() {
    world.runAs(p0);
  }

  private Trace map(VfioIommu c0) {
    return ioctl(c0, VfioIommuIoctl.VFIO_IOMMU_MAP_DMA, UserDma.toMap(world.engine(), 0));
  }

  private Trace unmap(VfioIommu c0) {
    return ioctl(c0, VfioIommuIoctl.VFIO_IOMMU_UNMAP_DMA, UserDma.toUnmap(world.engine(), 0));
  }

  private Trace ioctl(VfioIommu c0, int cmd, UserDma arg) {
    return world.record(() -> type1.vfioIommuType1Ioctl(c0, cmd, arg));
  }

  @Test
  void mapsWithTheLockHeldThroughout() {
    assertThat(map(world.containerOf(g0)))
        .returned(0)
        .follows(
            """
            vfio_iommu_type1_ioctl
              copy_from_user
              vfio_dma_do_map
                mutex_lock iommu->lock
                vfio_find_dma
                kzalloc vfio_dma
                vfio_link_dma
                  list_add_tail vfio_dma P0 to iommu->dma_list
                vfio_pin_map_dma
                  vfio_pin_pages_remote
                    vaddr_get_pfn
                      down_read mm->mmap_sem
                      get_user_pages_remote
                        handle_mm_fault
                      up_read mm->mmap_sem
                    vfio_find_vpfn
                    vfio_lock_acct
                      down_write mm->mmap_sem
                      up_write mm->mmap_sem
                mutex_unlock iommu->lock
            """);
  }

  @Test
  void onlyListsARangeWhereThereIsNoDomain() {
    assertThat(map(world.containerOf(mdev)))
        .returned(0)
        .follows(
            """
            vfio_iommu_type1_ioctl
              copy_from_user
              vfio_dma_do_map
                mutex_lock iommu->lock
                vfio_find_dma
                kzalloc vfio_dma
                vfio_link_dma
                  list_add_tail vfio_dma P0 to iommu->dma_list
                mutex_unlock iommu->lock
            """);
  }

  @Test
  void mapsNothingTwice() {
    VfioIommu c0 = world.containerOf(g0);
    map(c0);

    assertThat(map(c0))
        .returned(-Errno.EEXIST)
        .follows(
            """
            vfio_iommu_type1_ioctl: -EEXIST
              copy_from_user
              vfio_dma_do_map: -EEXIST
                mutex_lock iommu->lock
                vfio_find_dma
                mutex_unlock iommu->lock
            """);
  }

  @Test
  void removesWhatItCannotPin() {
    VfioIommu c0 = world.containerOf(g0);
    Task kernelThread = new Task(world.engine(), "kthread", 2, 0, null);
    world.runAs(kernelThread);

    assertThat(world.record(() -> type1.vfioDmaDoMap(c0, 0)))
        .returned(-Errno.ENODEV)
        .follows(
            """
            vfio_dma_do_map: -ENODEV
              mutex_lock iommu->lock
              vfio_find_dma
              kzalloc vfio_dma
              vfio_link_dma
                list_add_tail vfio_dma kthread to iommu->dma_list
              vfio_pin_map_dma: -ENODEV
                vfio_pin_pages_remote: -ENODEV
                vfio_remove_dma
                  vfio_unmap_unpin
                  list_del vfio_dma kthread from node
                  kfree vfio_dma kthread
              mutex_unlock iommu->lock
            """);
  }

  @Test
  void keepsRangesInTheOrderOfTheirAddresses() {
    VfioIommu c0 = world.containerOf(mdev);
    for (int iova : new int[] {2, 1, 3}) {
      type1.vfioDmaDoMap(c0, iova);
    }

    assertThat(c0.dmaList.now()).extracting(dma -> dma.iova.now()).containsExactly(1, 2, 3);
  }

  @Test
  void refusesBadArguments() {
    VfioIommu c0 = world.containerOf(g0);
    UserDma unmapped = UserDma.toMap(world.engine(), 0);
    unmapped.unmapped.set(true);
    UserDma tooShort = UserDma.toMap(world.engine(), 0);
    tooShort.argsz.set(UserDma.SIZE - 1);
    UserDma flags = UserDma.toUnmap(world.engine(), 0);
    flags.flags.set(1);

    assertThat(ioctl(c0, VfioIommuIoctl.VFIO_IOMMU_MAP_DMA, unmapped)).returned(-Errno.EFAULT);
    assertThat(ioctl(c0, VfioIommuIoctl.VFIO_IOMMU_MAP_DMA, tooShort)).returned(-Errno.EINVAL);
    assertThat(ioctl(c0, VfioIommuIoctl.VFIO_IOMMU_UNMAP_DMA, flags)).returned(-Errno.EINVAL);
    assertThat(ioctl(c0, VfioIommuIoctl.VFIO_IOMMU_BIND, flags)).returned(-Errno.ENOTTY);
    assertThat(c0.dmaList.now()).isEmpty();
  }

  @Test
  void unmapsWithAReferenceThatIsDroppedUnderTheLock() {
    VfioIommu c0 = world.containerOf(g0);
    map(c0);

    assertThat(unmap(c0))
        .returned(0)
        .follows(
            """
            vfio_iommu_type1_ioctl
              copy_from_user
              vfio_dma_do_unmap
                mutex_lock iommu->lock
                vfio_find_dma
                vfio_remove_dma
                  vfio_unmap_unpin
                    vfio_lock_acct
                      get_task_mm
                        spin_lock task->alloc_lock
                        inc mm->mm_users
                        spin_unlock task->alloc_lock
                      down_write mm->mmap_sem
                      up_write mm->mmap_sem
                      mmput
                        dec mm->mm_users
                  list_del vfio_dma P0 from node
                  kfree vfio_dma P0
                vfio_find_dma
                mutex_unlock iommu->lock
            """);
  }

  @Test
  void unmapsNothingOfAnotherAddressSpace() {
    VfioIommu c0 = world.containerOf(g0);
    map(c0);
    world.runAs(world.process("P1", 101));

    assertThat(unmap(c0))
        .returned(0)
        .follows(
            """
            vfio_iommu_type1_ioctl
              copy_from_user
              vfio_dma_do_unmap
                mutex_lock iommu->lock
                vfio_find_dma
                mutex_unlock iommu->lock
            """);
    assertThat(c0.dmaList.now()).hasSize(1);
  }

  @Test
  void accountsToNobodyWhenTheProcessHasGone() {
    VfioIommu c0 = world.containerOf(g0);
    map(c0);
    world.mm().exit.doExit(p0);

    assertThat(world.record(() -> type1.vfioIommuUnmapUnpinAll(c0)))
        .follows(
            """
            vfio_iommu_unmap_unpin_all
              vfio_remove_dma
                vfio_unmap_unpin
                  vfio_lock_acct: -ESRCH
                    get_task_mm
                      spin_lock task->alloc_lock
                      spin_unlock task->alloc_lock
                list_del vfio_dma P0 from node
                kfree vfio_dma P0
            """);
  }

  @Test
  void theLastGroupUnmapsAllBeforeRecordsAndDomainGo() {
    VfioIommu c0 = world.containerOf(g0);
    map(c0);

    assertThat(world.record(() -> type1.vfioIommuType1DetachGroup(c0, g0)))
        .follows(
            """
            vfio_iommu_type1_detach_group
              mutex_lock iommu->lock
              find_iommu_group
              iommu_detach_group ...
              list_del vfio_group G0 from next
              kfree vfio_group G0
              vfio_iommu_unmap_unpin_all
                vfio_remove_dma
                  vfio_unmap_unpin
                    vfio_lock_acct ...
                  list_del vfio_dma P0 from node
                  kfree vfio_dma P0
              vfio_iommu_free_all_mm
              iommu_domain_free ...
              list_del vfio_domain from next
              kfree vfio_domain
              mutex_unlock iommu->lock
            """);
  }

  @Test
  void mappingsStayForAMediatedGroup() {
    VfioIommu c0 = world.containerOf(g0, mdev);
    map(c0);

    assertThat(world.record(() -> type1.vfioIommuType1DetachGroup(c0, g0)))
        .follows(
            """
            vfio_iommu_type1_detach_group
              mutex_lock iommu->lock
              find_iommu_group
              find_iommu_group
              iommu_detach_group ...
              list_del vfio_group G0 from next
              kfree vfio_group G0
              vfio_iommu_unmap_unpin_reaccount
                vfio_unmap_unpin
                vfio_lock_acct ...
              vfio_iommu_free_all_mm
              iommu_domain_free ...
              list_del vfio_domain from next
              kfree vfio_domain
              mutex_unlock iommu->lock
            """);
    assertThat(c0.dmaList.now()).hasSize(1);
  }

  @Test
  void attachPinsForTheCallerAndAccountsToTheOtherWithoutAReference() {
    VfioIommu c0 = world.containerOf(mdev);
    map(c0);
    world.runAs(world.process("manager", 1));

    assertThat(world.record(() -> type1.vfioIommuReplay(c0)))
        .returned(0)
        .follows(
            """
            vfio_iommu_replay
              vfio_pin_pages_remote
                vaddr_get_pfn ...
                vfio_find_vpfn
                vfio_lock_acct
                  down_write mm->mmap_sem
                  up_write mm->mmap_sem
            """);
    assertThat(world.record(() -> type1.vfioIommuReplay(c0))).follows("vfio_iommu_replay");
  }

  @Test
  void attachFailsWhereWhatIsMappedCannotBePinned() {
    VfioIommu c0 = world.containerOf(mdev);
    map(c0);
    world.runAs(null);

    assertThat(world.record(() -> type1.vfioIommuType1AttachGroup(c0, g0)))
        .returned(-Errno.ENODEV)
        .follows(
            """
            vfio_iommu_type1_attach_group: -ENODEV
              mutex_lock iommu->lock
              find_iommu_group
              kzalloc vfio_group
              kzalloc vfio_domain
              iommu_group_for_each_dev ...
              iommu_domain_alloc ...
              iommu_attach_group ...
              vfio_iommu_has_sw_msi ...
              list_add vfio_group G0 to domain->group_list
              iommu_capable
              vfio_iommu_replay: -ENODEV
                vfio_pin_pages_remote: -ENODEV
              iommu_detach_group ...
              iommu_domain_free ...
              kfree vfio_domain
              kfree vfio_group G0
              mutex_unlock iommu->lock
            """);
  }
}
