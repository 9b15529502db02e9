package dev.mmexit.iommu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mmexit.kernel.Errno;
import dev.mmexit.kernel.FindingKind;
import dev.mmexit.kernel.KernelBug;
import dev.mmexit.mm.Task;
import dev.mmexit.support.Handlers;
import dev.mmexit.support.Trace;
import dev.mmexit.support.World;
import dev.mmexit.vfio.VfioIommu;
import org.junit.jupiter.api.Test;

/** A page request from the irq thread of the SMMU to its answer. */
class PageFaultTest {
  private static final int PASID = 1;

  private final World world = new World(true);
  private final IommuGroup g0 = world.group("G0", "D0");
  private final Device d0 = g0.devices().get(0);
  private final Task p0 = world.process("P0", 100);
  private final ArmSmmuPriq priq = ((ArmSmmuV3) d0.bus.iommuOps()).priq();

  private VfioIommu bound() {
    VfioIommu c0 = world.containerOf(g0);
    world.bind(c0, p0);
    return c0;
  }

  private Trace report(int pasid) {
    return world.record(() -> world.iommu().iommuReportDeviceFault(d0, pasid));
  }

  private Trace unregister() {
    return world.record(() -> world.iommu().iommuUnregisterDeviceFaultHandler(d0));
  }

  @Test
  void irqThreadReportsWithTheLockOfTheDevice() {
    bound();

    assertThat(world.record(() -> priq.armSmmuPriqThread(d0, PASID)))
        .returned(0)
        .follows(
            """
            mutex_lock priq->irq thread
            arm_smmu_priq_thread
              spin_lock priq->wq.lock
              spin_unlock priq->wq.lock
              arm_smmu_handle_ppr
                iommu_report_device_fault
                  mutex_lock param->lock
                  kzalloc iommu_fault_event
                  mutex_lock fault_param->lock
                  list_add_tail iommu_fault_event D0 to fault_param->faults
                  mutex_unlock fault_param->lock
                  iommu_queue_iopf
                    kzalloc iopf_group
                    queue_work iopf_handle_group on queue->wq
                  mutex_unlock param->lock
              spin_lock priq->wq.lock
              wake_up_all priq->wq
              spin_unlock priq->wq.lock
            mutex_unlock priq->irq thread
            """);
  }

  @Test
  void kworkerMakesThePagePresentThenAnswers() {
    bound();
    report(PASID);

    assertThat(world.drained())
        .follows(
            """
            [kworker/0]
            iopf_handle_group
              iopf_handle_single
                iommu_sva_find
                  spin_lock iommu_sva_lock
                  io_mm_get_locked
                    inc_not_zero io_mm->kref
                  mmget_not_zero
                    inc_not_zero mm->mm_users
                  io_mm_put_locked
                    dec io_mm->kref
                  spin_unlock iommu_sva_lock
                down_read mm->mmap_sem
                handle_mm_fault
                  __mmu_notifier_invalidate_range
                    srcu_read_lock mmu_notifier srcu
                    iommu_notifier_invalidate_range
                      spin_lock iommu_sva_lock
                      arm_smmu_mm_invalidate
                      spin_unlock iommu_sva_lock
                    srcu_read_unlock mmu_notifier srcu
                up_read mm->mmap_sem
                mmput_async
                  dec mm->mm_users
              iommu_page_response
                mutex_lock fault_param->lock
                list_del iommu_fault_event D0 from list
                kfree iommu_fault_event D0
                mutex_unlock fault_param->lock
              kfree iopf_group D0
            """);
  }

  @Test
  void aRequestForNobodyIsAnsweredAsWell() {
    bound();
    report(7);

    assertThat(world.drained())
        .follows(
            """
            [kworker/0]
            iopf_handle_group
              iopf_handle_single
                iommu_sva_find
                  spin_lock iommu_sva_lock
                  spin_unlock iommu_sva_lock
              iommu_page_response ...
              kfree iopf_group D0
            """);
  }

  @Test
  void anotherKworkerEndsTheAddressSpace() {
    bound();
    report(PASID);
    p0.mm.now().mmapSem.downWrite();
    World.Waiter worker =
        world.waiter("T1", null, () -> world.kernel().ioPgfault().iopfHandleSingle(PASID));
    p0.mm.now().mmapSem.upWrite();
    world.mm().exit.doExit(p0);

    assertThat(world.record(worker::finish))
        .follows(
            """
            [T1]
              down_read mm->mmap_sem
              handle_mm_fault ...
              up_read mm->mmap_sem
              mmput_async
                dec mm->mm_users: it is zero now
                queue_work mmput_async_fn on system_wq
            """);
  }

  @Test
  void nothingIsReportedWithoutAHandler() {
    assertThat(report(PASID))
        .returned(-Errno.EINVAL)
        .follows(
            """
            iommu_report_device_fault: -EINVAL
              mutex_lock param->lock
              mutex_unlock param->lock
            """);
  }

  @Test
  void aRequestThatTheHandlerRefusesIsPendingForEver() {
    world.iommu().iommuRegisterDeviceFaultHandler(d0, world.kernel().ioPgfault().handler());

    assertThat(report(PASID))
        .returned(-Errno.ENODEV)
        .follows(
            """
            iommu_report_device_fault: -ENODEV
              mutex_lock param->lock
              kzalloc iommu_fault_event
              mutex_lock fault_param->lock
              list_add_tail iommu_fault_event D0 to fault_param->faults
              mutex_unlock fault_param->lock
              iommu_queue_iopf: -ENODEV
              mutex_unlock param->lock
            """);
    world.drain();
    assertThat(unregister()).returned(-Errno.EBUSY);
  }

  @Test
  void theHandlerStaysWhileARequestIsPending() {
    world.iommu().iommuRegisterDeviceFaultHandler(d0, Handlers.NO_FAULTS);
    report(PASID);

    assertThat(unregister())
        .returned(-Errno.EBUSY)
        .follows(
            """
            iommu_unregister_device_fault_handler: -EBUSY
              mutex_lock param->lock
              mutex_unlock param->lock
            """);
    assertThat(
            world.record(
                () -> world.iommu().iommuRegisterDeviceFaultHandler(d0, Handlers.NO_FAULTS)))
        .returned(-Errno.EBUSY);
    assertThat(world.record(() -> world.iommu().iommuPageResponse(d0, PASID))).returned(0);
    assertThat(unregister()).returned(0);
  }

  @Test
  void onlyAPendingRequestCanBeAnswered() {
    assertThat(world.record(() -> world.iommu().iommuPageResponse(d0, PASID)))
        .returned(-Errno.EINVAL)
        .follows("iommu_page_response: -EINVAL");
    world.iommu().iommuRegisterDeviceFaultHandler(d0, Handlers.NO_FAULTS);
    report(2);

    assertThat(world.record(() -> world.iommu().iommuPageResponse(d0, PASID)))
        .returned(-Errno.EINVAL)
        .follows(
            """
            iommu_page_response: -EINVAL
              mutex_lock fault_param->lock
              mutex_unlock fault_param->lock
            """);
  }

  @Test
  void unregisteringDoesNotTakeTheLockOfTheList() {
    world.iommu().iommuRegisterDeviceFaultHandler(d0, Handlers.NO_FAULTS);
    IommuFaultParam faultParam = d0.iommuParam.faultParam.now();
    VfioIommu c0 = world.container("C0");
    c0.lock.lock();
    World.Waiter holder =
        world.waiter(
            "T1",
            null,
            () -> {
              faultParam.lock.lock();
              c0.lock.lock();
              faultParam.lock.unlock();
            });

    assertThat(unregister()).returned(0);
    c0.lock.unlock();
    assertThatThrownBy(holder::finish)
        .cause()
        .isInstanceOfSatisfying(
            KernelBug.class, bug -> assertThat(bug.kind()).isEqualTo(FindingKind.USE_AFTER_FREE));
  }

  @Test
  void aFlushWaitsForTheReportInProgress() {
    VfioIommu c0 = bound();
    d0.iommuParam.faultParam.now().lock.lock();
    World.Waiter irqThread = world.waiter("irq", null, () -> priq.armSmmuPriqThread(d0, PASID));
    World.Waiter flusher = world.waiter("T1", null, priq::armSmmuFlushQueue);
    d0.iommuParam.faultParam.now().lock.unlock();
    irqThread.finish();

    assertThat(world.record(flusher::finish))
        .follows(
            """
            [T1]
              spin_lock priq->wq.lock
              spin_unlock priq->wq.lock
            """);
    assertThat(World.listed(c0)).containsExactly("P0");
  }

  @Test
  void aFlushIsContentWithTwoBatches() {
    priq.pending.set(true);
    World.Waiter flusher = world.waiter("T1", null, priq::armSmmuFlushQueue);
    priq.batch.set(2);
    priq.wq.wakeUpAll();

    assertThat(world.record(flusher::finish))
        .follows(
            """
            [T1]
              spin_lock priq->wq.lock
              spin_unlock priq->wq.lock
            """);
    assertThat(priq.pending.now()).isTrue();
  }
}
