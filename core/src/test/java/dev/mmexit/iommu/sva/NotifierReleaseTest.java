package dev.mmexit.iommu.sva;

import static dev.mmexit.iommu.IommuConst.IOMMU_SVA_FEAT_IOPF;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.iommu.Device;
import dev.mmexit.iommu.IoMm;
import dev.mmexit.iommu.IommuGroup;
import dev.mmexit.mm.MmStruct;
import dev.mmexit.support.Handlers;
import dev.mmexit.support.Trace;
import dev.mmexit.support.World;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code iommu_notifier_release} and {@code iommu_notifier_invalidate_range}. */
class NotifierReleaseTest {
  private final World world = new World(true);
  private final IommuSva sva = world.sva();
  private final IommuGroup g0 = world.group("G0", "D0");
  private final IommuGroup g1 = world.group("G1", "D1");
  private final Device d0 = g0.devices().get(0);
  private final Device d1 = g1.devices().get(0);
  private final MmStruct mm = world.process("P0", 100).mm.now();

  @BeforeEach
  void bindBoth() {
    for (Device dev : new Device[] {d0, d1}) {
      sva.iommuSvaDeviceInit(dev, IOMMU_SVA_FEAT_IOPF, 0, Handlers.of(this::mmExit));
      sva.__iommuSvaBindDevice(dev, mm, world.pasid(), 0, null);
    }
  }

  private int mmExit(Device dev) {
    return world.engine().call("mm_exit of " + dev.name(), () -> 0);
  }

  private Trace release(IoMm ioMm) {
    return world.record(() -> sva.iommuNotifierRelease(ioMm, mm));
  }

  @Test
  void endsBondsOneByOneFromTheNewest() {
    world.watch("mm_exit_active");

    assertThat(release(world.bond(d0).ioMm.now()))
        .follows(
            """
            iommu_notifier_release
              spin_lock iommu_sva_lock
              io_mm_get_locked
                inc_not_zero io_mm->kref
              bond->mm_exit_active = true
              spin_unlock iommu_sva_lock
              iommu_signal_mm_exit
                mm_exit of D1
              iopf_queue_flush_dev
                mutex_lock param->lock
                mutex_unlock param->lock
                arm_smmu_flush_queue
                  spin_lock priq->wq.lock
                  spin_unlock priq->wq.lock
                flush_workqueue queue->wq
              spin_lock iommu_sva_lock
              bond->mm_exit_active = false
              wake_up_all bond->mm_exit_wq
              io_mm_detach_locked
                dec bond->refs: it is zero now
                arm_smmu_mm_detach
                list_del iommu_bond D1-P0 from mm_head
                list_del iommu_bond D1-P0 from domain_head
                list_del iommu_bond D1-P0 from dev_head
                io_mm_put_locked
                  dec io_mm->kref
                kfree iommu_bond D1-P0
              bond->mm_exit_active = true
              spin_unlock iommu_sva_lock
              iommu_signal_mm_exit
                mm_exit of D0
              iopf_queue_flush_dev
                mutex_lock param->lock
                mutex_unlock param->lock
                arm_smmu_flush_queue
                  spin_lock priq->wq.lock
                  spin_unlock priq->wq.lock
                flush_workqueue queue->wq
              spin_lock iommu_sva_lock
              bond->mm_exit_active = false
              wake_up_all bond->mm_exit_wq
              io_mm_detach_locked
                dec bond->refs: it is zero now
                arm_smmu_mm_detach
                list_del iommu_bond D0-P0 from mm_head
                list_del iommu_bond D0-P0 from domain_head
                list_del iommu_bond D0-P0 from dev_head
                io_mm_put_locked
                  dec io_mm->kref
                kfree iommu_bond D0-P0
              spin_unlock iommu_sva_lock
              io_mm_put
                spin_lock iommu_sva_lock
                io_mm_put_locked
                  dec io_mm->kref: it is zero now
                  io_mm_release ...
                spin_unlock iommu_sva_lock
            """);
  }

  @Test
  void looksForTheNextBondAfterTheCallback() {
    d1.iommuParam.svaParam.now().mmExit.set(Handlers.of(dev -> sva.__iommuSvaUnbindDevice(d0, 1)));

    assertThat(release(world.bond(d0).ioMm.now()))
        .follows(
            """
            iommu_notifier_release
              spin_lock iommu_sva_lock
              io_mm_get_locked ...
              spin_unlock iommu_sva_lock
              iommu_signal_mm_exit
                __iommu_sva_unbind_device ...
              iopf_queue_flush_dev ...
              spin_lock iommu_sva_lock
              wake_up_all bond->mm_exit_wq
              io_mm_detach_locked ...
              spin_unlock iommu_sva_lock
              io_mm_put ...
            """);
  }

  @Test
  void leavesABondToWhoeverWaitsForIt() {
    World.Waiter[] unbinder = new World.Waiter[1];
    d1.iommuParam
        .svaParam
        .now()
        .mmExit
        .set(
            Handlers.of(
                dev -> {
                  unbinder[0] = world.waiter("T1", null, () -> sva.__iommuSvaUnbindDevice(d1, 1));
                  return 0;
                }));
    IoMm ioMm = world.bond(d0).ioMm.now();

    assertThat(release(ioMm))
        .follows(
            """
            iommu_notifier_release
              spin_lock iommu_sva_lock
              io_mm_get_locked ...
              spin_unlock iommu_sva_lock
              iommu_signal_mm_exit
            [T1]
            __iommu_sva_unbind_device
              iommu_get_domain_for_dev
              iopf_queue_flush_dev ...
              spin_lock iommu_sva_lock
              io_mm_detach_locked
                inc bond->refs
                spin_unlock iommu_sva_lock
                wait_event bond->mm_exit_wq for mm_exit of bond D1-P0
            [T0]
              iopf_queue_flush_dev ...
              spin_lock iommu_sva_lock
              wake_up_all bond->mm_exit_wq
              io_mm_detach_locked
                dec bond->refs
              spin_unlock iommu_sva_lock
              iommu_signal_mm_exit ...
              iopf_queue_flush_dev ...
              spin_lock iommu_sva_lock
              wake_up_all bond->mm_exit_wq
              io_mm_detach_locked ...
              spin_unlock iommu_sva_lock
              io_mm_put
                spin_lock iommu_sva_lock
                io_mm_put_locked
                  dec io_mm->kref
                spin_unlock iommu_sva_lock
            """);
    assertThat(ioMm.devices.now()).containsExactly(world.bond(d1));
    unbinder[0].finish();
    assertThat(ioMm.kref.now()).isZero();
  }

  @Test
  void onlyWarnsOfACallbackThatFails() {
    d1.iommuParam.svaParam.now().mmExit.set(Handlers.of(dev -> -1));

    assertThat(release(world.bond(d0).ioMm.now()).toString())
        .containsSubsequence("iommu_signal_mm_exit", "WARN", "iopf_queue_flush_dev", "D0-P0");
  }

  @Test
  void asksNobodyWhereThereAreNoParametersOrNoCallback() {
    d1.iommuParam.svaParam.now().mmExit.set(null);
    d0.iommuParam.svaParam.set(null);

    assertThat(release(world.bond(d0).ioMm.now()))
        .follows(
            """
            iommu_notifier_release
              spin_lock iommu_sva_lock
              io_mm_get_locked ...
              spin_unlock iommu_sva_lock
              iommu_signal_mm_exit
              iopf_queue_flush_dev ...
              spin_lock iommu_sva_lock
              wake_up_all bond->mm_exit_wq
              io_mm_detach_locked ...
              spin_unlock iommu_sva_lock
              iommu_signal_mm_exit
              iopf_queue_flush_dev ...
              spin_lock iommu_sva_lock
              wake_up_all bond->mm_exit_wq
              io_mm_detach_locked ...
              spin_unlock iommu_sva_lock
              io_mm_put ...
            """);
  }

  @Test
  void doesNothingWithoutAReferenceToTake() {
    IoMm ioMm = world.bond(d0).ioMm.now();
    sva.__iommuSvaUnbindDevAll(d0);
    sva.__iommuSvaUnbindDevAll(d1);

    assertThat(release(ioMm))
        .follows(
            """
            iommu_notifier_release
              spin_lock iommu_sva_lock
              io_mm_get_locked
                inc_not_zero io_mm->kref: it is zero
              spin_unlock iommu_sva_lock
            """);
  }

  @Test
  void invalidatesEveryBondUnderTheLock() {
    IoMm ioMm = world.bond(d0).ioMm.now();

    assertThat(world.record(() -> sva.iommuNotifierInvalidateRange(ioMm, mm)))
        .follows(
            """
            iommu_notifier_invalidate_range
              spin_lock iommu_sva_lock
              arm_smmu_mm_invalidate
              arm_smmu_mm_invalidate
              spin_unlock iommu_sva_lock
            """);
  }
}
