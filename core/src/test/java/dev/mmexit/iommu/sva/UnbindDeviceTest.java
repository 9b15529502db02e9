package dev.mmexit.iommu.sva;

import static dev.mmexit.iommu.IommuConst.IOMMU_SVA_FEAT_IOPF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mmexit.iommu.Device;
import dev.mmexit.iommu.IommuBond;
import dev.mmexit.iommu.IommuGroup;
import dev.mmexit.kernel.KernelBug;
import dev.mmexit.mm.Task;
import dev.mmexit.support.Handlers;
import dev.mmexit.support.Trace;
import dev.mmexit.support.World;
import dev.mmexit.support.World.Waiter;
import org.junit.jupiter.api.Test;

/** {@code __iommu_sva_unbind_device} and {@code __iommu_sva_unbind_dev_all}. */
class UnbindDeviceTest {
  private final World world = new World(true);
  private final IommuSva sva = world.sva();
  private final IommuGroup g0 = world.group("G0", "D0");
  private final Device d0 = g0.devices().get(0);
  private final Task p0 = world.process("P0", 100);
  private final Task p1 = world.process("P1", 101);

  private void init() {
    sva.iommuSvaDeviceInit(d0, IOMMU_SVA_FEAT_IOPF, 0, Handlers.NOTHING);
  }

  private void bindBoth() {
    init();
    sva.__iommuSvaBindDevice(d0, p0.mm.now(), world.pasid(), 0, null);
    sva.__iommuSvaBindDevice(d0, p1.mm.now(), world.pasid(), 0, null);
  }

  private Trace unbind(int pasid) {
    return world.record(() -> sva.__iommuSvaUnbindDevice(d0, pasid));
  }

  private Trace unbindAll() {
    return world.record(() -> sva.__iommuSvaUnbindDevAll(d0));
  }

  @Test
  void flushesFaultsThenDetachesTheBondOfThatPasid() {
    bindBoth();

    assertThat(unbind(1))
        .returned(0)
        .follows(
            """
            __iommu_sva_unbind_device
              iommu_get_domain_for_dev
              iopf_queue_flush_dev
                mutex_lock param->lock
                mutex_unlock param->lock
                arm_smmu_flush_queue
                  spin_lock priq->wq.lock
                  spin_unlock priq->wq.lock
                flush_workqueue queue->wq
              spin_lock iommu_sva_lock
              io_mm_detach_locked
                inc bond->refs
                arm_smmu_mm_detach
                list_del iommu_bond D0-P0 from mm_head
                list_del iommu_bond D0-P0 from domain_head
                list_del iommu_bond D0-P0 from dev_head
                io_mm_put_locked ...
                kfree iommu_bond D0-P0
              spin_unlock iommu_sva_lock
            """);
    assertThat(world.bond(d0).name()).isEqualTo("D0-P1");
  }

  @Test
  void findsNoBondOfThatPasid() {
    bindBoth();

    assertThat(unbind(3))
        .follows(
            """
            __iommu_sva_unbind_device: -ESRCH
              iommu_get_domain_for_dev
              iopf_queue_flush_dev ...
              spin_lock iommu_sva_lock
              spin_unlock iommu_sva_lock
            """);
  }

  @Test
  void refusesADeviceThatIsNotInitialised() {
    assertThat(unbind(1))
        .follows(
            """
            __iommu_sva_unbind_device: -EINVAL
              iommu_get_domain_for_dev
            """);
  }

  @Test
  void warnsOfADeviceWithoutADomain() {
    bindBoth();
    g0.domain.set(null);

    assertThat(unbind(1))
        .follows(
            """
            __iommu_sva_unbind_device: -EINVAL
              iommu_get_domain_for_dev
              WARN
            """);
    assertThat(sva.bondsOf(d0)).hasSize(2);
  }

  @Test
  void detachesEveryBondFromTheNewestUnderOneLock() {
    bindBoth();

    assertThat(unbindAll())
        .follows(
            """
            __iommu_sva_unbind_dev_all
              iopf_queue_flush_dev
                mutex_lock param->lock
                mutex_unlock param->lock
                arm_smmu_flush_queue
                  spin_lock priq->wq.lock
                  spin_unlock priq->wq.lock
                flush_workqueue queue->wq
              spin_lock iommu_sva_lock
              io_mm_detach_locked
                inc bond->refs
                arm_smmu_mm_detach
                list_del iommu_bond D0-P1 from mm_head
                list_del iommu_bond D0-P1 from domain_head
                list_del iommu_bond D0-P1 from dev_head
                io_mm_put_locked ...
                kfree iommu_bond D0-P1
              io_mm_detach_locked
                inc bond->refs
                arm_smmu_mm_detach
                list_del iommu_bond D0-P0 from mm_head
                list_del iommu_bond D0-P0 from domain_head
                list_del iommu_bond D0-P0 from dev_head
                io_mm_put_locked ...
                kfree iommu_bond D0-P0
              spin_unlock iommu_sva_lock
            """);
    assertThat(d0.iommuParam.svaParam.now().mmList.now()).isEmpty();
  }

  @Test
  void takesNoLockForADeviceThatIsNotInitialised() {
    assertThat(unbindAll())
        .follows(
            """
            __iommu_sva_unbind_dev_all
              iopf_queue_flush_dev: -ENODEV
                mutex_lock param->lock
                mutex_unlock param->lock
            """);
  }

  @Test
  void needsNoDomainToDetachEveryBond() {
    bindBoth();
    g0.domain.set(null);

    unbindAll();

    assertThat(sva.bondsOf(d0)).isEmpty();
  }

  /** As posted: the bond that is next may be freed while this one is waited for. */
  @Test
  void readsTheNextBondBeforeItMayWait() {
    bindBoth();
    IommuBond older = sva.bondsOf(d0).get(0);
    IommuBond newer = sva.bondsOf(d0).get(1);
    newer.mmExitActive.set(true);
    Waiter all = world.waiter("T1", p0, () -> sva.__iommuSvaUnbindDevAll(d0));
    sva.iommuNotifierRelease(older.ioMm.now(), p0.mm.now());
    newer.mmExitActive.set(false);
    newer.mmExitWq.wakeUpAll();

    assertThatThrownBy(all::finish)
        .cause()
        .isInstanceOf(KernelBug.class)
        .hasMessageContaining("after iommu_bond was freed");
  }
}
