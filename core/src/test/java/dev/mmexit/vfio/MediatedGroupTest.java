package dev.mmexit.vfio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.iommu.IommuGroup;
import dev.mmexit.kernel.Errno;
import dev.mmexit.mm.Task;
import dev.mmexit.support.Trace;
import dev.mmexit.support.World;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The external domain, and pages that drivers of mediated devices pin. */
class MediatedGroupTest {
  private final World world = new World();
  private final VfioIommuType1 type1 = world.type1();
  private final IommuGroup g0 = world.group("G0", "D0");
  private final IommuGroup mdev = world.mediatedGroup("G1", "D1");
  private final MdevDriver driver = new MdevDriver(world.engine(), "G1");
  private final Task p0 = world.process("P0", 100);

  @BeforeEach
  void callAsP0() {
    world.runAs(p0);
  }

  private Trace attach(VfioIommu c0, IommuGroup group) {
    return world.record(() -> type1.vfioIommuType1AttachGroup(c0, group));
  }

  private Trace detach(VfioIommu c0, IommuGroup group) {
    return world.record(() -> type1.vfioIommuType1DetachGroup(c0, group));
  }

  private Trace pin(VfioIommu c0) {
    return world.record(() -> type1.vfioIommuType1PinPages(c0, 0));
  }

  private VfioIommu mapped(IommuGroup... groups) {
    VfioIommu c0 = world.containerOf(groups);
    assertThat(type1.vfioIommuType1RegisterNotifier(c0, driver)).isZero();
    assertThat(type1.vfioDmaDoMap(c0, 0)).isZero();
    return c0;
  }

  @Test
  void theFirstOneMakesTheExternalDomain() {
    VfioIommu c0 = world.container("C0");
    world.watch("external_domain");

    assertThat(attach(c0, mdev))
        .returned(0)
        .follows(
            """
            vfio_iommu_type1_attach_group
              mutex_lock iommu->lock
              kzalloc vfio_group
              kzalloc vfio_domain
              iommu_group_for_each_dev ...
              iommu->external_domain = vfio_domain
              list_add vfio_group G1 to domain->group_list
              mutex_unlock iommu->lock
            """);
    assertThat(c0.domainList.now()).isEmpty();
    assertThat(c0.groupsNow()).containsExactly(mdev);
  }

  @Test
  void othersJoinIt() {
    IommuGroup second = world.mediatedGroup("G2", "D2");

    assertThat(attach(world.containerOf(mdev), second))
        .returned(0)
        .follows(
            """
            vfio_iommu_type1_attach_group
              mutex_lock iommu->lock
              find_iommu_group
              kzalloc vfio_group
              kzalloc vfio_domain
              iommu_group_for_each_dev ...
              kfree vfio_domain
              list_add vfio_group G2 to domain->group_list
              mutex_unlock iommu->lock
            """);
  }

  @Test
  void isAttachedOnce() {
    assertThat(attach(world.containerOf(mdev), mdev))
        .returned(-Errno.EINVAL)
        .follows(
            """
            vfio_iommu_type1_attach_group: -EINVAL
              mutex_lock iommu->lock
              find_iommu_group
              mutex_unlock iommu->lock
            """);
  }

  @Test
  void isNoIommuToBindTo() {
    VfioIommu c0 = world.containerOf(mdev);
    UserBind arg = UserBind.ofPid(world.engine(), 100);

    assertThat(
            world.record(() -> type1.vfioIommuType1Ioctl(c0, VfioIommuIoctl.VFIO_IOMMU_BIND, arg)))
        .returned(-Errno.EINVAL);
  }

  @Test
  void leavesAddressSpacesAndMappingsAloneWhereThereIsAnother() {
    VfioIommu c0 = world.containerOf(g0, mdev);
    world.bind(c0, p0);
    type1.vfioDmaDoMap(c0, 0);
    world.watch("external_domain");

    assertThat(detach(c0, mdev))
        .follows(
            """
            vfio_iommu_type1_detach_group
              mutex_lock iommu->lock
              find_iommu_group
              list_del vfio_group G1 from next
              kfree vfio_group G1
              vfio_sanity_check_pfn_list
              kfree vfio_domain
              iommu->external_domain = null
              mutex_unlock iommu->lock
            """);
    assertThat(World.listed(c0)).containsExactly("P0");
    assertThat(c0.dmaList.now()).hasSize(1);
  }

  @Test
  void theLastOfAllUnmaps() {
    VfioIommu c0 = world.containerOf(mdev);
    type1.vfioDmaDoMap(c0, 0);

    assertThat(detach(c0, mdev))
        .follows(
            """
            vfio_iommu_type1_detach_group
              mutex_lock iommu->lock
              find_iommu_group
              list_del vfio_group G1 from next
              kfree vfio_group G1
              vfio_sanity_check_pfn_list
              vfio_iommu_unmap_unpin_all
                vfio_remove_dma
                  vfio_unmap_unpin
                  list_del vfio_dma P0 from node
                  kfree vfio_dma P0
              kfree vfio_domain
              mutex_unlock iommu->lock
            """);
  }

  @Test
  void detachWarnsOfADriverThatLeavesThingsBehind() {
    VfioIommu c0 = mapped(g0, mdev);
    pin(c0);

    assertThat(detach(c0, mdev))
        .follows(
            """
            vfio_iommu_type1_detach_group
              mutex_lock iommu->lock
              find_iommu_group
              list_del vfio_group G1 from next
              kfree vfio_group G1
              vfio_sanity_check_pfn_list
                WARN
                WARN
              kfree vfio_domain
              mutex_unlock iommu->lock
            """);
  }

  @Test
  void releaseFreesTheExternalDomainFirst() {
    VfioIommu c0 = world.containerOf(g0, mdev);
    type1.vfioDmaDoMap(c0, 0);

    assertThat(world.record(() -> type1.vfioIommuType1Release(c0)))
        .follows(
            """
            vfio_iommu_type1_release
              vfio_release_domain
                list_del vfio_group G1 from next
                kfree vfio_group G1
              vfio_sanity_check_pfn_list
              kfree vfio_domain
              vfio_iommu_free_all_mm
              vfio_iommu_unmap_unpin_all
                vfio_remove_dma ...
              vfio_release_domain
                iommu_detach_group ...
                list_del vfio_group G0 from next
                kfree vfio_group G0
                iommu_domain_free ...
              list_del vfio_domain from next
              kfree vfio_domain
              kfree vfio_iommu C0
            """);
  }

  @Test
  void pinsWithAReferenceThatIsDroppedUnderTheLock() {
    assertThat(pin(mapped(g0, mdev)))
        .returned(1)
        .follows(
            """
            vfio_iommu_type1_pin_pages
              mutex_lock iommu->lock
              vfio_find_dma
              vfio_find_vpfn
              vfio_pin_page_external
                get_task_mm
                  spin_lock task->alloc_lock
                  inc mm->mm_users
                  spin_unlock task->alloc_lock
                vaddr_get_pfn
                  down_read mm->mmap_sem
                  get_user_pages_remote ...
                  up_read mm->mmap_sem
                mmput
                  dec mm->mm_users
              kzalloc vfio_pfn
              list_add vfio_pfn P0 to dma->pfn_list
              mutex_unlock iommu->lock
            """);
  }

  @Test
  void accountsForPinsWhereNoDomainHasPinnedAll() {
    assertThat(pin(mapped(mdev)))
        .returned(1)
        .follows(
            """
            vfio_iommu_type1_pin_pages
              mutex_lock iommu->lock
              vfio_find_dma
              vfio_find_vpfn
              vfio_pin_page_external
                get_task_mm ...
                vaddr_get_pfn ...
                vfio_lock_acct
                  get_task_mm ...
                  down_write mm->mmap_sem
                  up_write mm->mmap_sem
                  mmput
                    dec mm->mm_users
                mmput
                  dec mm->mm_users
              kzalloc vfio_pfn
              list_add vfio_pfn P0 to dma->pfn_list
              mutex_unlock iommu->lock
            """);
  }

  @Test
  void countsASecondPin() {
    VfioIommu c0 = mapped(g0, mdev);
    pin(c0);

    assertThat(pin(c0))
        .returned(1)
        .follows(
            """
            vfio_iommu_type1_pin_pages
              mutex_lock iommu->lock
              vfio_find_dma
              vfio_find_vpfn
              inc vpfn->ref_count
              mutex_unlock iommu->lock
            """);
  }

  @Test
  void pinsNothingOfAProcessThatHasGone() {
    VfioIommu c0 = mapped(g0, mdev);
    world.mm().exit.doExit(p0);

    assertThat(pin(c0))
        .returned(-Errno.ENODEV)
        .follows(
            """
            vfio_iommu_type1_pin_pages: -ENODEV
              mutex_lock iommu->lock
              vfio_find_dma
              vfio_find_vpfn
              vfio_pin_page_external: -ENODEV
                get_task_mm
                  spin_lock task->alloc_lock
                  spin_unlock task->alloc_lock
              mutex_unlock iommu->lock
            """);
  }

  @Test
  void pinsNothingWithoutAnExternalDomainANotifierOrARange() {
    String refused =
        """
        vfio_iommu_type1_pin_pages: -EINVAL
          mutex_lock iommu->lock
          mutex_unlock iommu->lock
        """;
    assertThat(pin(world.containerOf(g0))).follows(refused);
    VfioIommu c1 = world.containerOf(mdev);
    assertThat(pin(c1)).follows(refused);
    type1.vfioIommuType1RegisterNotifier(c1, driver);
    assertThat(pin(c1))
        .follows(
            """
            vfio_iommu_type1_pin_pages: -EINVAL
              mutex_lock iommu->lock
              vfio_find_dma
              mutex_unlock iommu->lock
            """);
  }

  @Test
  void pinsAndUnpinsForTheSecondVersionOnly() {
    VfioIommu c0 = type1.vfioIommuType1Open(VfioIommuType1.VFIO_TYPE1_IOMMU).pointer();

    assertThat(pin(c0)).returned(-Errno.EACCES).follows("vfio_iommu_type1_pin_pages: -EACCES");
    assertThat(world.record(() -> type1.vfioIommuType1UnpinPages(c0, 0)))
        .returned(-Errno.EACCES)
        .follows("vfio_iommu_type1_unpin_pages: -EACCES");
  }

  @Test
  void unmapHasTheDriverUnpinWithoutTheLockThenStartsAgain() {
    VfioIommu c0 = mapped(g0, mdev);
    pin(c0);

    assertThat(world.record(() -> type1.vfioDmaDoUnmap(c0, 0)))
        .returned(0)
        .follows(
            """
            vfio_dma_do_unmap
              mutex_lock iommu->lock
              vfio_find_dma
              mutex_unlock iommu->lock
              blocking_notifier_call_chain
                down_read iommu->notifier.rwsem
                mdev_notifier_call
                  vfio_iommu_type1_unpin_pages
                    mutex_lock iommu->lock
                    vfio_find_dma
                    vfio_unpin_page_external
                      vfio_find_vpfn
                      dec vpfn->ref_count: it is zero now
                      list_del vfio_pfn P0 from node
                      kfree vfio_pfn P0
                    mutex_unlock iommu->lock
                up_read iommu->notifier.rwsem
              mutex_lock iommu->lock
              vfio_find_dma
              vfio_remove_dma ...
              vfio_find_dma
              mutex_unlock iommu->lock
            """);
  }

  @Test
  void unpinAccountsWhereNoDomainHasPinnedAll() {
    VfioIommu c0 = mapped(mdev);
    pin(c0);

    assertThat(world.record(() -> type1.vfioIommuType1UnpinPages(c0, 0)))
        .returned(1)
        .follows(
            """
            vfio_iommu_type1_unpin_pages
              mutex_lock iommu->lock
              vfio_find_dma
              vfio_unpin_page_external
                vfio_find_vpfn
                dec vpfn->ref_count: it is zero now
                list_del vfio_pfn P0 from node
                kfree vfio_pfn P0
                vfio_lock_acct ...
              mutex_unlock iommu->lock
            """);
    assertThat(world.record(() -> type1.vfioIommuType1UnpinPages(c0, 1))).returned(-Errno.EINVAL);
  }

  @Test
  void whatIsPinnedIsNotAccountedForAgain() {
    VfioIommu c0 = mapped(g0, mdev);
    pin(c0);

    assertThat(world.record(() -> type1.vfioIommuUnmapUnpinReaccount(c0)))
        .follows(
            """
            vfio_iommu_unmap_unpin_reaccount
              vfio_unmap_unpin
              vfio_lock_acct
            """);
  }

  @Test
  void driversComeAndGoUnderTheSemaphore() {
    VfioIommu c0 = world.containerOf(mdev);

    assertThat(world.record(() -> type1.vfioIommuType1RegisterNotifier(c0, driver)))
        .returned(0)
        .follows(
            """
            vfio_iommu_type1_register_notifier
              down_write iommu->notifier.rwsem
              list_add_tail notifier_block G1 to iommu->notifier.head
              up_write iommu->notifier.rwsem
            """);
    assertThat(world.record(() -> type1.vfioIommuType1UnregisterNotifier(c0, driver)))
        .returned(0)
        .follows(
            """
            vfio_iommu_type1_unregister_notifier
              down_write iommu->notifier.rwsem
              list_del notifier_block G1 from next
              up_write iommu->notifier.rwsem
            """);
    assertThat(world.record(() -> type1.vfioIommuType1UnregisterNotifier(c0, driver)))
        .returned(-Errno.EINVAL);
  }
}
