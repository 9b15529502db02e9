package dev.mmexit.iommu.sva;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.iommu.Device;
import dev.mmexit.iommu.IommuBond;
import dev.mmexit.iommu.IommuGroup;
import dev.mmexit.kernel.SpinLock;
import dev.mmexit.mm.Task;
import dev.mmexit.support.Handlers;
import dev.mmexit.support.Trace;
import dev.mmexit.support.World;
import dev.mmexit.support.World.Waiter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code io_mm_detach_locked}: who detaches a bond, by {@code refs} and {@code mm_exit_active}. */
class DetachLockedTest {
  private final World world = new World();
  private final IommuSva sva = world.sva();
  private final SpinLock lock = sva.globals.iommuSvaLock;
  private final IommuGroup g0 = world.group("G0", "D0", "D1");
  private final Device d0 = g0.devices().get(0);
  private final Device d1 = g0.devices().get(1);
  private final Task p0 = world.process("P0", 100);

  @BeforeEach
  void bindBoth() {
    for (Device dev : g0.devices()) {
      sva.iommuSvaDeviceInit(dev, 0, 0, Handlers.NOTHING);
      sva.__iommuSvaBindDevice(dev, p0.mm.now(), world.pasid(), 0, null);
    }
  }

  private Trace detach(IommuBond bond, boolean wait) {
    lock.lock();
    Trace trace = world.record(() -> sva.ioMmDetachLocked(bond, wait));
    lock.unlock();
    return trace;
  }

  private Waiter unbinder(String name) {
    return world.waiter(name, p0, () -> sva.__iommuSvaUnbindDevice(d0, 1));
  }

  private static void has(IommuBond bond, int refs, boolean active) {
    assertThat(bond.refs.now()).isEqualTo(refs);
    assertThat(bond.mmExitActive.now()).isEqualTo(active);
  }

  @Test
  void unbinderThatNeedNotWaitDetachesWithTheLockHeldThroughout() {
    IommuBond bond = world.bond(d0);

    assertThat(detach(bond, true))
        .follows(
            """
            io_mm_detach_locked
              inc bond->refs
              arm_smmu_mm_detach
              list_del iommu_bond D0-P0 from mm_head
              list_del iommu_bond D0-P0 from domain_head
              list_del iommu_bond D0-P0 from dev_head
              io_mm_put_locked
                dec io_mm->kref
              kfree iommu_bond D0-P0
            """);
    has(bond, 2, false);
  }

  @Test
  void notifierDetachesABondThatNobodyWaitsFor() {
    IommuBond bond = world.bond(d0);

    assertThat(detach(bond, false))
        .follows(
            """
            io_mm_detach_locked
              dec bond->refs: it is zero now
              arm_smmu_mm_detach
              list_del iommu_bond D0-P0 from mm_head
              list_del iommu_bond D0-P0 from domain_head
              list_del iommu_bond D0-P0 from dev_head
              io_mm_put_locked
                dec io_mm->kref
              kfree iommu_bond D0-P0
            """);
  }

  @Test
  void lastBondOfAnAddressSpaceReleasesItUnderTheLock() {
    detach(world.bond(d1), true);

    assertThat(detach(world.bond(d0), true))
        .follows(
            """
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
            """);
  }

  @Test
  void clearsThePasidEntryWithTheLastDeviceOfTheDomain() {
    world.watch("pasid_table");

    String first = detach(world.bond(d1), true).toString();
    String last = detach(world.bond(d0), true).toString();

    assertThat(first).doesNotContain("pasid_table");
    assertThat(last)
        .containsSubsequence(
            "arm_smmu_mm_detach", "smmu_domain->pasid_table = null", "list_del", "mm_head");
  }

  @Test
  void unbinderWaitsForTheNotifierAndDetachesItself() {
    IommuBond bond = world.bond(d0);
    lock.lock();
    bond.mmExitActive.set(true);
    lock.unlock();
    has(bond, 1, true);

    List<Waiter> unbinders = new ArrayList<>();
    assertThat(world.record(() -> unbinders.add(unbinder("T1"))))
        .follows(
            """
            [T1]
            __iommu_sva_unbind_device
              iommu_get_domain_for_dev
              iopf_queue_flush_dev: -ENODEV ...
              spin_lock iommu_sva_lock
              io_mm_detach_locked
                inc bond->refs
                spin_unlock iommu_sva_lock
                wait_event bond->mm_exit_wq for mm_exit of bond D0-P0
            """);
    has(bond, 2, true);

    lock.lock();
    bond.mmExitActive.set(false);
    bond.mmExitWq.wakeUpAll();
    lock.unlock();
    assertThat(detach(bond, false))
        .follows(
            """
            io_mm_detach_locked
              dec bond->refs
            """);
    has(bond, 1, false);
    assertThat(bond.isAlive()).isTrue();

    assertThat(world.record(() -> unbinders.get(0).finish()))
        .follows(
            """
            [T1]
                spin_lock iommu_sva_lock
                arm_smmu_mm_detach
                list_del iommu_bond D0-P0 from mm_head
                list_del iommu_bond D0-P0 from domain_head
                list_del iommu_bond D0-P0 from dev_head
                io_mm_put_locked
                  dec io_mm->kref
                kfree iommu_bond D0-P0
              spin_unlock iommu_sva_lock
            """);
  }

  @Test
  void onlyTheFirstOfTwoUnbindersDetaches() {
    IommuBond bond = world.bond(d0);
    bond.mmExitActive.set(true);
    Waiter first = unbinder("T1");
    Waiter second = unbinder("T2");
    has(bond, 3, true);
    bond.mmExitActive.set(false);
    bond.mmExitWq.wakeUpAll();
    detach(bond, false);
    has(bond, 2, false);

    assertThat(world.record(second::finish))
        .follows(
            """
            [T2]
                spin_lock iommu_sva_lock
              spin_unlock iommu_sva_lock
            """);
    assertThat(bond.isAlive()).isTrue();
    assertThat(d0.iommuParam.svaParam.now().mmList.now()).containsExactly(bond);
    assertThat(world.record(first::finish))
        .follows(
            """
            [T1]
                spin_lock iommu_sva_lock
                arm_smmu_mm_detach
                list_del iommu_bond D0-P0 from mm_head
                list_del iommu_bond D0-P0 from domain_head
                list_del iommu_bond D0-P0 from dev_head
                io_mm_put_locked
                  dec io_mm->kref
                kfree iommu_bond D0-P0
              spin_unlock iommu_sva_lock
            """);
  }

  @Test
  void unbinderThatIsNotTheFirstLeavesTheBondEvenWhenItNeedNotWait() {
    IommuBond bond = world.bond(d0);
    bond.refs.inc();

    assertThat(detach(bond, true))
        .follows(
            """
            io_mm_detach_locked
              inc bond->refs
            """);
    has(bond, 3, false);
    assertThat(bond.isAlive()).isTrue();
  }

  /** The states of the table, told by a callback that an unbinder and a second one meet. */
  @Test
  void stepsThroughTheProtocol() {
    IommuBond bond = world.bond(d0);
    sva.__iommuSvaUnbindDevice(d1, 1);
    List<Waiter> unbinders = new ArrayList<>();
    has(bond, 1, false);
    d0.iommuParam
        .svaParam
        .now()
        .mmExit
        .set(
            Handlers.of(
                dev -> {
                  has(bond, 1, true);
                  unbinders.add(unbinder("T1"));
                  has(bond, 2, true);
                  unbinders.add(unbinder("T2"));
                  has(bond, 3, true);
                  return 0;
                }));

    sva.iommuNotifierRelease(bond.ioMm.now(), p0.mm.now());

    has(bond, 2, false);
    unbinders.get(1).finish();
    has(bond, 2, false);
    assertThat(bond.isAlive()).isTrue();
    unbinders.get(0).finish();
    assertThat(bond.isAlive()).isFalse();
  }
}
