package dev.mmexit.iommu.sva;

import static dev.mmexit.iommu.IommuConst.IOMMU_SVA_FEAT_IOPF;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.iommu.Device;
import dev.mmexit.iommu.IoMm;
import dev.mmexit.iommu.IommuBond;
import dev.mmexit.iommu.IommuDomain;
import dev.mmexit.iommu.IommuGroup;
import dev.mmexit.kernel.FaultInjection;
import dev.mmexit.kernel.FaultSite;
import dev.mmexit.kernel.Int;
import dev.mmexit.mm.MmStruct;
import dev.mmexit.mm.Task;
import dev.mmexit.support.Handlers;
import dev.mmexit.support.Trace;
import dev.mmexit.support.World;
import dev.mmexit.variant.GroupOptions;
import dev.mmexit.vfio.VfioIommu;
import org.junit.jupiter.api.Test;

/** {@code __iommu_sva_bind_device} and {@code io_mm_attach}. */
class BindDeviceTest {
  private final World world = new World();
  private final IommuSva sva = world.sva();
  private final IommuGroup g0 = world.group("G0", "D0", "D1");
  private final Device d0 = g0.devices().get(0);
  private final Device d1 = g0.devices().get(1);
  private final Task p0 = world.process("P0", 100);
  private final MmStruct mm = p0.mm.now();
  private final VfioIommu data = world.container("data");
  private final Int pasid = world.pasid();

  private Device init(Device dev) {
    assertThat(sva.iommuSvaDeviceInit(dev, IOMMU_SVA_FEAT_IOPF, 0, Handlers.NOTHING)).isZero();
    return dev;
  }

  private Trace bind(Device dev) {
    return bind(dev, IOMMU_SVA_FEAT_IOPF);
  }

  private Trace bind(Device dev, int flags) {
    return world.record(() -> sva.__iommuSvaBindDevice(dev, mm, pasid, flags, data));
  }

  private void bindSecond() {
    sva.__iommuSvaBindDevice(d1, mm, pasid, IOMMU_SVA_FEAT_IOPF, data);
  }

  @Test
  void allocatesAndAttaches() {
    init(d0);

    assertThat(bind(d0))
        .returned(0)
        .follows(
            """
            __iommu_sva_bind_device
              iommu_get_domain_for_dev
              spin_lock iommu_sva_lock
              spin_unlock iommu_sva_lock
              io_mm_alloc ...
              io_mm_attach
                kzalloc iommu_bond
                spin_lock iommu_sva_lock
                arm_smmu_mm_attach
                list_add iommu_bond D0-P0 to io_mm->devices
                list_add iommu_bond D0-P0 to smmu_domain->domain.mm_list
                list_add iommu_bond D0-P0 to sva_param->mm_list
                spin_unlock iommu_sva_lock
            """);
    IommuBond bond = world.bond(d0);
    assertThat(pasid.now()).isEqualTo(1);
    assertThat(bond.refs.now()).isEqualTo(1);
    assertThat(bond.mmExitActive.now()).isFalse();
    assertThat(bond.drvdata.now()).isEqualTo(data);
    assertThat(bond.ioMm.now().kref.now()).isEqualTo(1);
  }

  @Test
  void sharesWhatAnotherDeviceOfTheDomainHas() {
    bind(init(d0));
    init(d1);

    assertThat(bind(d1))
        .returned(0)
        .follows(
            """
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
                list_add iommu_bond D1-P0 to io_mm->devices
                list_add iommu_bond D1-P0 to smmu_domain->domain.mm_list
                list_add iommu_bond D1-P0 to sva_param->mm_list
                spin_unlock iommu_sva_lock
            """);
    IoMm ioMm = world.bond(d1).ioMm.now();
    assertThat(ioMm).isEqualTo(world.bond(d0).ioMm.now());
    assertThat(ioMm.kref.now()).isEqualTo(2);
    assertThat(ioMm.devices.now()).extracting(IommuBond::name).containsExactly("D1-P0", "D0-P0");
    assertThat(pasid.now()).isEqualTo(1);
  }

  @Test
  void writesThePasidEntryOfADomainOnce() {
    world.watch("pasid_table");
    init(d0);
    init(d1);

    String first = bind(d0).toString();
    String second = bind(d1).toString();

    assertThat(first).contains("smmu_domain->pasid_table = ");
    assertThat(second).doesNotContain("pasid_table");
  }

  @Test
  void refusesADeviceThatIsBound() {
    bind(init(d0));
    pasid.set(-1);

    assertThat(bind(d0))
        .follows(
            """
            __iommu_sva_bind_device: -EEXIST
              iommu_get_domain_for_dev
              spin_lock iommu_sva_lock
              io_mm_get_locked
                inc_not_zero io_mm->kref
              io_mm_put_locked
                dec io_mm->kref
              spin_unlock iommu_sva_lock
            """);
    assertThat(pasid.now()).isEqualTo(-1);
    assertThat(world.bond(d0).refs.now()).isEqualTo(1);
  }

  @Test
  void passesOverAnotherProcess() {
    init(d0);
    MmStruct other = world.process("P1", 101).mm.now();
    sva.__iommuSvaBindDevice(d0, other, pasid, IOMMU_SVA_FEAT_IOPF, data);

    assertThat(bind(d0))
        .returned(0)
        .follows(
            """
            __iommu_sva_bind_device
              iommu_get_domain_for_dev
              spin_lock iommu_sva_lock
              spin_unlock iommu_sva_lock
              io_mm_alloc ...
              io_mm_attach ...
            """);
    assertThat(pasid.now()).isEqualTo(2);
  }

  @Test
  void passesOverOneThatHasNoReferenceYet() {
    init(d0);
    init(d1);
    mm.mmapSem.downWrite();
    IommuDomain domain = g0.domain.now();
    world.waiter("T1", p0, () -> sva.ioMmAlloc(domain, d0, mm, IOMMU_SVA_FEAT_IOPF));

    assertThat(world.record(() -> world.waiter("T2", p0, this::bindSecond)))
        .follows(
            """
            [T2]
            __iommu_sva_bind_device
              iommu_get_domain_for_dev
              spin_lock iommu_sva_lock
              io_mm_get_locked
                inc_not_zero io_mm->kref: it is zero
              spin_unlock iommu_sva_lock
              io_mm_alloc
                arm_smmu_mm_alloc
                  kzalloc io_mm
                mmgrab
                  inc mm->mm_count
                spin_lock iommu_sva_lock
                idr_alloc iommu_pasid_idr: 2
                spin_unlock iommu_sva_lock
                mmu_notifier_register
                  kzalloc mmu_notifier_mm
            """);
  }

  @Test
  void needsADomain() {
    init(d0);
    g0.domain.set(null);

    assertThat(bind(d0))
        .follows(
            """
            __iommu_sva_bind_device: -EINVAL
              iommu_get_domain_for_dev
            """);
  }

  @Test
  void warnsOfADeviceThatIsNotInitialised() {
    assertThat(bind(d0))
        .follows(
            """
            __iommu_sva_bind_device: -EINVAL
              iommu_get_domain_for_dev
              WARN
            """);
  }

  @Test
  void refusesAFeatureThatTheDeviceWasNotInitialisedWith() {
    sva.iommuSvaDeviceInit(d0, 0, 0, Handlers.NOTHING);

    assertThat(bind(d0))
        .follows(
            """
            __iommu_sva_bind_device: -EINVAL
              iommu_get_domain_for_dev
            """);
  }

  @Test
  void refusesToShareWithOtherFlags() {
    init(d0);
    init(d1);
    bind(d0, 0);

    assertThat(bind(d1))
        .follows(
            """
            __iommu_sva_bind_device: -EDOM
              iommu_get_domain_for_dev
              spin_lock iommu_sva_lock
              io_mm_get_locked
                inc_not_zero io_mm->kref
              spin_unlock iommu_sva_lock
              io_mm_put
                spin_lock iommu_sva_lock
                io_mm_put_locked
                  dec io_mm->kref
                spin_unlock iommu_sva_lock
            """);
  }

  @Test
  void returnsTheErrorOfTheAllocation() {
    Device d2 =
        init(
            world
                .group("G1", new GroupOptions(true, false, true, false, true, 5, 4), "D2")
                .devices()
                .get(0));

    assertThat(bind(d2))
        .follows(
            """
            __iommu_sva_bind_device: -ENOSPC
              iommu_get_domain_for_dev
              spin_lock iommu_sva_lock
              spin_unlock iommu_sva_lock
              io_mm_alloc: -ENOSPC ...
            """);
  }

  @Test
  void dropsTheReferenceWhereTheDeviceCannotHaveThatPasid() {
    bind(init(d0));
    Device d2 =
        init(
            world
                .group("G1", new GroupOptions(true, false, true, false, true, 2, 15), "D2")
                .devices()
                .get(0));

    assertThat(bind(d2))
        .follows(
            """
            __iommu_sva_bind_device: -ERANGE
              iommu_get_domain_for_dev
              spin_lock iommu_sva_lock
              io_mm_get_locked
                inc_not_zero io_mm->kref
              spin_unlock iommu_sva_lock
              io_mm_attach: -ERANGE
              io_mm_put
                spin_lock iommu_sva_lock
                io_mm_put_locked
                  dec io_mm->kref
                spin_unlock iommu_sva_lock
            """);
    assertThat(world.bond(d0).ioMm.now().kref.now()).isEqualTo(1);
  }

  /** A nesting domain has no {@code io_mm} of its own, but may be asked to take one. */
  @Test
  void freesTheBondThatTheDriverRefuses() {
    bind(init(d0));
    IommuGroup g1 = world.group("G1", "D2");
    world.attach(world.kernel().addContainer("C1", true), g1);
    Device d2 = init(g1.devices().get(0));

    assertThat(bind(d2))
        .follows(
            """
            __iommu_sva_bind_device: -EINVAL
              iommu_get_domain_for_dev
              spin_lock iommu_sva_lock
              io_mm_get_locked
                inc_not_zero io_mm->kref
              spin_unlock iommu_sva_lock
              io_mm_attach: -EINVAL
                kzalloc iommu_bond
                spin_lock iommu_sva_lock
                arm_smmu_mm_attach: -EINVAL
                kfree iommu_bond D2-P0
                spin_unlock iommu_sva_lock
              io_mm_put
                spin_lock iommu_sva_lock
                io_mm_put_locked
                  dec io_mm->kref
                spin_unlock iommu_sva_lock
            """);
    assertThat(g1.domain.now().mmList.now()).isEmpty();
    assertThat(d2.iommuParam.svaParam.now().mmList.now()).isEmpty();
  }

  @Test
  void keepsTheListsOfDomainAndDeviceNewestFirst() {
    init(d0);
    bind(d0);
    MmStruct other = world.process("P1", 101).mm.now();
    sva.__iommuSvaBindDevice(d0, other, pasid, IOMMU_SVA_FEAT_IOPF, data);

    IommuDomain domain = g0.domain.now();
    assertThat(domain.mmList.now()).extracting(IommuBond::name).containsExactly("D0-P1", "D0-P0");
    assertThat(d0.iommuParam.svaParam.now().mmList.now())
        .extracting(IommuBond::name)
        .containsExactly("D0-P1", "D0-P0");
  }

  private void fail(FaultSite site, int nth) {
    FaultInjection faults = new FaultInjection(world.engine());
    faults.failNth(site, nth, null);
    faults.arm();
  }

  @Test
  void aSignalEndsTheRegistrationOfTheNotifier() {
    init(d0);
    fail(FaultSite.MMU_NOTIFIER_REGISTER, 1);

    assertThat(bind(d0))
        .follows(
            """
            __iommu_sva_bind_device: -EINTR
              iommu_get_domain_for_dev
              spin_lock iommu_sva_lock
              spin_unlock iommu_sva_lock
              io_mm_alloc: -EINTR
                arm_smmu_mm_alloc
                  kzalloc io_mm
                mmgrab
                  inc mm->mm_count
                spin_lock iommu_sva_lock
                idr_alloc iommu_pasid_idr: 1
                spin_unlock iommu_sva_lock
                mmu_notifier_register: -EINTR
                  kzalloc mmu_notifier_mm
                  down_write mm->mmap_sem
                  mm_take_all_locks: -EINTR
                    mutex_lock mm_all_locks_mutex
                    mmu_notifier_register fails: -EINTR
                    mm_drop_all_locks
                      mutex_unlock mm_all_locks_mutex
                  up_write mm->mmap_sem
                  kfree mmu_notifier_mm P0
                spin_lock iommu_sva_lock
                idr_remove iommu_pasid_idr: 1
                spin_unlock iommu_sva_lock
                arm_smmu_mm_free
                  kfree io_mm P0
                mmdrop
                  dec mm->mm_count
            """);
  }

  @Test
  void noMemoryForTheBondPutsTheNewIoMm() {
    init(d0);
    fail(FaultSite.KZALLOC, 2);

    assertThat(bind(d0))
        .follows(
            """
            __iommu_sva_bind_device: -ENOMEM
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
              io_mm_attach: -ENOMEM
                kzalloc fails: -ENOMEM
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
            """);
  }
}
