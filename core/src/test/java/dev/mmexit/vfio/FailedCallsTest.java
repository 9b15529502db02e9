package dev.mmexit.vfio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.iommu.IommuGroup;
import dev.mmexit.kernel.Errno;
import dev.mmexit.kernel.FaultInjection;
import dev.mmexit.kernel.FaultSite;
import dev.mmexit.mm.Task;
import dev.mmexit.support.Trace;
import dev.mmexit.support.World;
import dev.mmexit.variant.GroupOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code VFIO_IOMMU_BIND} and {@code attach_group} take back where a call fails. */
class FailedCallsTest {
  private final World world = new World();
  private final VfioIommuType1 type1 = world.type1();
  private final Task p0 = world.process("P0", 100);

  private void fail(FaultSite site, int nth) {
    FaultInjection faults = new FaultInjection(world.engine());
    faults.failNth(site, nth, null);
    faults.arm();
  }

  private int bind(VfioIommu container) {
    UserBind arg = UserBind.ofPid(world.engine(), p0.pid, "C0", "P0");
    int ret = type1.vfioIommuType1Ioctl(container, VfioIommuIoctl.VFIO_IOMMU_BIND, arg);
    arg.kfree();
    return ret;
  }

  @ParameterizedTest
  @CsvSource({
    "COPY_FROM_USER, 1, -EFAULT",
    "COPY_FROM_USER, 2, -EFAULT",
    "KZALLOC, 1, -ENOMEM",
    "KZALLOC, 2, -ENOMEM",
    "KZALLOC, 3, -ENOMEM",
    "KZALLOC, 4, -ENOMEM",
    "KZALLOC, 5, -ENOMEM",
    "KZALLOC, 6, -ENOMEM",
    "SVA_DEVICE_INIT, 1, -ENODEV",
    "MM_ALLOC, 1, -ENOMEM",
    "PASID_ALLOC, 1, -ENOSPC",
    "MMU_NOTIFIER_REGISTER, 1, -EINTR",
    "MM_ATTACH, 1, -ENODEV",
    "COPY_TO_USER, 1, -EFAULT",
  })
  void aBindThatFailsLeavesNothingBehind(FaultSite site, int nth, String errno) {
    IommuGroup g0 = world.group("G0", "D0");
    VfioIommu c0 = world.containerOf(g0);
    fail(site, nth);

    assertThat(Errno.name(bind(c0))).isEqualTo(errno);
    world.drained();

    assertThat(World.listed(c0)).isEmpty();
    assertThat(world.sva().bondsOf(g0.devices().get(0))).isEmpty();
    assertThat(world.record(c0, g0).svaEnabled.now()).isEqualTo(site == FaultSite.COPY_TO_USER);
    assertThat(p0.mm.now().mmUsers.now()).isEqualTo(1);
    assertThat(p0.mm.now().mmCount.now()).isEqualTo(1);
    assertThat(bind(c0)).as("once it has failed, it succeeds").isEqualTo(0);
  }

  @ParameterizedTest
  @CsvSource({
    "KZALLOC, 1, -ENOMEM",
    "KZALLOC, 2, -ENOMEM",
    "IOMMU_DOMAIN_ALLOC, 1, -EIO",
    "IOMMU_ATTACH_GROUP, 1, -EBUSY",
    "IOMMU_GET_MSI_COOKIE, 1, -ENOMEM",
  })
  void anAttachThatFailsLeavesNothingBehind(FaultSite site, int nth, String errno) {
    IommuGroup g0 = world.group("G0", new GroupOptions(true, false, true, true, true, 1, 15), "D0");
    VfioIommu c0 = world.container("C0");
    fail(site, nth);

    assertThat(Errno.name(type1.vfioIommuType1AttachGroup(c0, g0))).isEqualTo(errno);

    assertThat(c0.groupsNow()).isEmpty();
    assertThat(c0.lock.owner()).isNull();
    assertThat(g0.domain.now()).isSameAs(g0.defaultDomain.now());
    assertThat(type1.vfioIommuType1AttachGroup(c0, g0)).isEqualTo(0);
  }

  @Test
  void aFailingCopyToUserTakesTheBondBack() {
    VfioIommu c0 = world.containerOf(world.group("G0", "D0"));
    fail(FaultSite.COPY_TO_USER, 1);

    Trace trace = world.record(() -> bind(c0));

    assertThat(trace)
        .follows(
            """
            vfio_iommu_type1_ioctl: -EFAULT
              copy_from_user
              vfio_iommu_type1_bind_process: -EFAULT
                copy_from_user
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
                mutex_lock iommu->lock
                kzalloc vfio_mm
                vfio_iommu_bind_group
                  iommu_group_for_each_dev
                    mutex_lock group->mutex
                    vfio_iommu_sva_init
                      iommu_sva_device_init
                        iommu_get_domain_for_dev
                        iommu_register_device_fault_handler
                          mutex_lock param->lock
                          kzalloc iommu_fault_param
                          mutex_unlock param->lock
                        kzalloc iommu_sva_param
                        arm_smmu_sva_init
                          iopf_queue_add_device
                            kzalloc iopf_device_param
                            mutex_lock param->lock
                            mutex_unlock param->lock
                        mutex_lock param->lock
                        mutex_unlock param->lock
                    mutex_unlock group->mutex
                  iommu_group_for_each_dev
                    mutex_lock group->mutex
                    vfio_iommu_sva_bind_dev
                      __iommu_sva_bind_device
                        iommu_get_domain_for_dev
                        spin_lock iommu_sva_lock
                        spin_unlock iommu_sva_lock
                        io_mm_alloc
                          arm_smmu_mm_alloc
                            kzalloc io_mm
                          mmgrab
                            inc mm->mm_count
                          spin_lock iommu_sva_lock
                          idr_alloc iommu_pasid_idr: 1
                          spin_unlock iommu_sva_lock
                          mmu_notifier_register
                            kzalloc mmu_notifier_mm
                            down_write mm->mmap_sem
                            mm_take_all_locks
                              mutex_lock mm_all_locks_mutex
                            mmgrab
                              inc mm->mm_count
                            spin_lock mmu_notifier_mm->lock
                            hlist_add_head_rcu io_mm P0
                            spin_unlock mmu_notifier_mm->lock
                            mm_drop_all_locks
                              mutex_unlock mm_all_locks_mutex
                            up_write mm->mmap_sem
                          init io_mm->kref to 1
                        io_mm_attach
                          kzalloc iommu_bond
                          spin_lock iommu_sva_lock
                          arm_smmu_mm_attach
                          list_add iommu_bond D0-P0 to io_mm->devices
                          list_add iommu_bond D0-P0 to smmu_domain->domain.mm_list
                          list_add iommu_bond D0-P0 to sva_param->mm_list
                          spin_unlock iommu_sva_lock
                    mutex_unlock group->mutex
                list_add vfio_mm P0 to iommu->mm_list
                copy_to_user
                  copy_to_user fails: -EFAULT
                list_del vfio_mm P0 from next
                vfio_iommu_unbind
                  vfio_iommu_unbind_group
                    iommu_group_for_each_dev
                      mutex_lock group->mutex
                      vfio_iommu_sva_unbind_dev
                        __iommu_sva_unbind_device
                          iommu_get_domain_for_dev
                          iopf_queue_flush_dev
                            mutex_lock param->lock
                            mutex_unlock param->lock
                          spin_lock iommu_sva_lock
                          io_mm_detach_locked
                            inc bond->refs
                            arm_smmu_mm_detach
                            list_del iommu_bond D0-P0 from mm_head
                            list_del iommu_bond D0-P0 from domain_head
                            list_del iommu_bond D0-P0 from dev_head
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
                            kfree iommu_bond D0-P0
                          spin_unlock iommu_sva_lock
                      mutex_unlock group->mutex
                kfree vfio_mm P0
                mutex_unlock iommu->lock
                mmput
                  dec mm->mm_users
            """);
  }

  @Test
  void aMissingCookieDetachesAndShutsNothingDown() {
    IommuGroup g0 =
        world.group("G0", new GroupOptions(true, false, false, true, true, 1, 15), "D0");
    VfioIommu c0 = world.containerOf(world.group("G1", "D1"));
    world.bind(c0, p0);
    fail(FaultSite.IOMMU_GET_MSI_COOKIE, 1);

    Trace trace = world.record(() -> type1.vfioIommuType1AttachGroup(c0, g0));

    assertThat(trace)
        .follows(
            """
            vfio_iommu_type1_attach_group: -ENOMEM
              mutex_lock iommu->lock
              find_iommu_group
              kzalloc vfio_group
              kzalloc vfio_domain
              iommu_group_for_each_dev
                mutex_lock group->mutex
                vfio_bus_type
                mutex_unlock group->mutex
              iommu_domain_alloc
                arm_smmu_domain_alloc
                  kzalloc arm_smmu_domain
              iommu_attach_group
                mutex_lock group->mutex
                arm_smmu_attach_dev
                  arm_smmu_detach_dev
                    __iommu_sva_unbind_dev_all
                      iopf_queue_flush_dev: -ENODEV
                        mutex_lock param->lock
                        mutex_unlock param->lock
                    spin_lock smmu_domain->devices_lock
                    list_del arm_smmu_master_data D0 from list
                    spin_unlock smmu_domain->devices_lock
                  mutex_lock smmu_domain->init_mutex
                  spin_lock smmu_domain->devices_lock
                  list_add arm_smmu_master_data D0 to smmu_domain->devices
                  spin_unlock smmu_domain->devices_lock
                  mutex_unlock smmu_domain->init_mutex
                mutex_unlock group->mutex
              vfio_iommu_has_sw_msi
                iommu_get_group_resv_regions
                  mutex_lock group->mutex
                  mutex_unlock group->mutex
              list_add vfio_group G0 to domain->group_list
              iommu_capable
              vfio_iommu_try_attach_group
              vfio_iommu_replay
              vfio_iommu_replay_bind
                mmget_not_zero
                  inc_not_zero mm->mm_users
                vfio_iommu_bind_group
                  iommu_group_for_each_dev
                    mutex_lock group->mutex
                    vfio_iommu_sva_init
                      iommu_sva_device_init
                        iommu_get_domain_for_dev
                        iommu_register_device_fault_handler
                          mutex_lock param->lock
                          kzalloc iommu_fault_param
                          mutex_unlock param->lock
                        kzalloc iommu_sva_param
                        arm_smmu_sva_init
                          iopf_queue_add_device
                            kzalloc iopf_device_param
                            mutex_lock param->lock
                            mutex_unlock param->lock
                        mutex_lock param->lock
                        mutex_unlock param->lock
                    mutex_unlock group->mutex
                  iommu_group_for_each_dev
                    mutex_lock group->mutex
                    vfio_iommu_sva_bind_dev
                      __iommu_sva_bind_device
                        iommu_get_domain_for_dev
                        spin_lock iommu_sva_lock
                        io_mm_get_locked
                          inc_not_zero io_mm->kref
                        spin_unlock iommu_sva_lock
                        io_mm_attach
                          kzalloc iommu_bond
                          spin_lock iommu_sva_lock
                          arm_smmu_mm_attach
                          list_add iommu_bond D0-P0 to io_mm->devices
                          list_add iommu_bond D0-P0 to smmu_domain->domain.mm_list
                          list_add iommu_bond D0-P0 to sva_param->mm_list
                          spin_unlock iommu_sva_lock
                    mutex_unlock group->mutex
                mmput_async
                  dec mm->mm_users
              iommu_get_msi_cookie: -ENOMEM
                iommu_get_msi_cookie fails: -ENOMEM
              iommu_detach_group
                mutex_lock group->mutex
                arm_smmu_attach_dev
                  arm_smmu_detach_dev
                    __iommu_sva_unbind_dev_all
                      iopf_queue_flush_dev
                        mutex_lock param->lock
                        mutex_unlock param->lock
                      spin_lock iommu_sva_lock
                      io_mm_detach_locked
                        inc bond->refs
                        arm_smmu_mm_detach
                        list_del iommu_bond D0-P0 from mm_head
                        list_del iommu_bond D0-P0 from domain_head
                        list_del iommu_bond D0-P0 from dev_head
                        io_mm_put_locked
                          dec io_mm->kref
                        kfree iommu_bond D0-P0
                      spin_unlock iommu_sva_lock
                    spin_lock smmu_domain->devices_lock
                    list_del arm_smmu_master_data D0 from list
                    spin_unlock smmu_domain->devices_lock
                  mutex_lock smmu_domain->init_mutex
                  spin_lock smmu_domain->devices_lock
                  list_add arm_smmu_master_data D0 to smmu_domain->devices
                  spin_unlock smmu_domain->devices_lock
                  mutex_unlock smmu_domain->init_mutex
                mutex_unlock group->mutex
              iommu_domain_free
                arm_smmu_domain_free
                  iommu_put_dma_cookie
                  kfree arm_smmu_domain
              kfree vfio_domain
              kfree vfio_group G0
              mutex_unlock iommu->lock
            """);
  }
}
