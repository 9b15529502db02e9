package dev.mmexit.iommu.sva;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.iommu.Device;
import dev.mmexit.iommu.IoMm;
import dev.mmexit.iommu.IommuGroup;
import dev.mmexit.kernel.ErrPtr;
import dev.mmexit.kernel.Errno;
import dev.mmexit.mm.MmStruct;
import dev.mmexit.mm.Task;
import dev.mmexit.support.Handlers;
import dev.mmexit.support.World;
import dev.mmexit.variant.GroupOptions;
import dev.mmexit.vfio.VfioIommu;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The life of an {@code io_mm}: alloc, get, put, release, free, and finding one by PASID. */
class IoMmTest {
  private final World world = new World();
  private final IommuSva sva = world.sva();
  private final Task p0 = world.process("P0", 100);
  private final MmStruct mm = p0.mm.now();

  private Device device(String name, int minPasid, int maxPasid) {
    GroupOptions options = new GroupOptions(true, false, true, false, true, minPasid, maxPasid);
    Device dev = world.group("group of " + name, options, name).devices().get(0);
    sva.iommuSvaDeviceInit(dev, 0, 0, Handlers.NOTHING);
    return dev;
  }

  private ErrPtr<IoMm> alloc(Device dev, MmStruct of) {
    return sva.ioMmAlloc(dev.iommuGroup.domain.now(), dev, of, 0);
  }

  private IoMm allocated(Device dev, MmStruct of) {
    return Objects.requireNonNull(alloc(dev, of).pointer());
  }

  @Test
  void takesItsReferenceOnceTheNotifierIsRegistered() {
    Device d0 = device("D0", 1, 15);
    world.watch("pasid");

    assertThat(world.record(() -> alloc(d0, mm)))
        .follows(
            """
            io_mm_alloc
              arm_smmu_mm_alloc
                kzalloc io_mm
              mmgrab
                inc mm->mm_count
              spin_lock iommu_sva_lock
              idr_alloc iommu_pasid_idr: 1
              io_mm->pasid = 1
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
            """);
    assertThat(mm.mmCount.now()).isEqualTo(3);
    assertThat(mm.mmUsers.now()).isEqualTo(1);
  }

  @Test
  void hasTheLowestPasidThatIsFreeAndInRange() {
    Device narrow = device("D0", 3, 4);
    Device wide = device("D1", 1, 15);

    assertThat(allocated(narrow, mm).pasid.now()).isEqualTo(3);
    assertThat(allocated(wide, mm).pasid.now()).isEqualTo(1);
    IoMm second = allocated(wide, mm);
    assertThat(second.pasid.now()).isEqualTo(2);
    assertThat(allocated(wide, mm).pasid.now()).isEqualTo(4);
    sva.ioMmPut(second);
    assertThat(allocated(wide, mm).pasid.now()).isEqualTo(2);
  }

  @Test
  void isFreedWhereThereIsNoPasid() {
    Device d0 = device("D0", 2, 2);
    allocated(d0, world.process("P1", 101).mm.now());

    assertThat(world.record(() -> alloc(d0, mm)))
        .returned(ErrPtr.error(-Errno.ENOSPC))
        .follows(
            """
            io_mm_alloc: -ENOSPC
              arm_smmu_mm_alloc
                kzalloc io_mm
              mmgrab
                inc mm->mm_count
              spin_lock iommu_sva_lock
              spin_unlock iommu_sva_lock
              arm_smmu_mm_free
                kfree io_mm P0
              mmdrop
                dec mm->mm_count
            """);
    assertThat(mm.mmCount.now()).isEqualTo(1);
  }

  @Test
  void doesNotComeFromANestedDomain() {
    IommuGroup g0 = world.group("G0", "D0");
    Device d0 = g0.devices().get(0);
    VfioIommu nesting = world.kernel().addContainer("C0", true);
    world.attach(nesting, g0);
    sva.iommuSvaDeviceInit(d0, 0, 0, Handlers.NOTHING);

    assertThat(world.record(() -> alloc(d0, mm)))
        .returned(ErrPtr.error(-Errno.ENOMEM))
        .follows(
            """
            io_mm_alloc: -ENOMEM
              arm_smmu_mm_alloc
            """);
    assertThat(mm.mmCount.now()).isEqualTo(1);
  }

  @Test
  void isGotAndPutWhileItHasReferences() {
    IoMm ioMm = allocated(device("D0", 1, 15), mm);

    assertThat(world.record(() -> sva.ioMmGetLocked(ioMm)))
        .returned(true)
        .follows(
            """
            io_mm_get_locked
              inc_not_zero io_mm->kref
            """);
    assertThat(world.record(() -> sva.ioMmPutLocked(ioMm)))
        .follows(
            """
            io_mm_put_locked
              dec io_mm->kref
            """);
  }

  @Test
  void isReleasedUnderTheLockAndFreedByACallback() {
    IoMm ioMm = allocated(device("D0", 1, 15), mm);

    assertThat(world.record(() -> sva.ioMmPut(ioMm)))
        .follows(
            """
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
    assertThat(ioMm.isAlive()).isTrue();
    assertThat(mm.mmCount.now()).isEqualTo(2);
    assertThat(world.drained())
        .follows(
            """
            [srcu/0]
            io_mm_free
              arm_smmu_mm_free
                kfree io_mm P0
              mmdrop
                dec mm->mm_count
            """);
    assertThat(mm.mmCount.now()).isEqualTo(1);
  }

  @Test
  void isNotGotOnceItIsReleased() {
    IoMm ioMm = allocated(device("D0", 1, 15), mm);
    sva.ioMmPut(ioMm);

    assertThat(world.record(() -> sva.ioMmGetLocked(ioMm)))
        .returned(false)
        .follows(
            """
            io_mm_get_locked
              inc_not_zero io_mm->kref: it is zero
            """);
  }

  @Test
  void mayBeTheLastToKeepTheStructOfTheAddressSpace() {
    IoMm ioMm = allocated(device("D0", 1, 15), mm);
    world.mm().exit.doExit(p0);
    sva.ioMmPut(ioMm);

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
  }

  @Test
  void warnsWhenItIsReleasedWithBonds() {
    Device d0 = device("D0", 1, 15);
    IoMm ioMm = allocated(d0, mm);
    sva.ioMmAttach(d0.iommuGroup.domain.now(), d0, ioMm, null);

    assertThat(world.record(() -> sva.ioMmPutLocked(ioMm)))
        .follows(
            """
            io_mm_put_locked
              dec io_mm->kref: it is zero now
              io_mm_release
                WARN
                idr_remove iommu_pasid_idr: 1
                mmu_notifier_unregister_no_release ...
                mmu_notifier_call_srcu ...
            """);
  }

  @Test
  void isFoundWithAReferenceToTheAddressSpace() {
    allocated(device("D0", 1, 15), mm);

    assertThat(world.record(() -> sva.iommuSvaFind(1)))
        .returned(mm)
        .follows(
            """
            iommu_sva_find
              spin_lock iommu_sva_lock
              io_mm_get_locked
                inc_not_zero io_mm->kref
              mmget_not_zero
                inc_not_zero mm->mm_users
              io_mm_put_locked
                dec io_mm->kref
              spin_unlock iommu_sva_lock
            """);
    assertThat(mm.mmUsers.now()).isEqualTo(2);
  }

  @Test
  void isNotFoundByAPasidThatIsFree() {
    assertThat(world.record(() -> sva.iommuSvaFind(1)))
        .returned(null)
        .follows(
            """
            iommu_sva_find
              spin_lock iommu_sva_lock
              spin_unlock iommu_sva_lock
            """);
  }

  @Test
  void isNotFoundOnceNobodyUsesTheAddressSpace() {
    allocated(device("D0", 1, 15), mm);
    mm.mmUsers.decAndTest();

    assertThat(world.record(() -> sva.iommuSvaFind(1)))
        .returned(null)
        .follows(
            """
            iommu_sva_find
              spin_lock iommu_sva_lock
              io_mm_get_locked
                inc_not_zero io_mm->kref
              mmget_not_zero
                inc_not_zero mm->mm_users: it is zero
              io_mm_put_locked
                dec io_mm->kref
              spin_unlock iommu_sva_lock
            """);
  }

  @Test
  void isNotFoundBeforeItHasAReference() {
    Device d0 = device("D0", 1, 15);
    mm.mmapSem.downWrite();
    world.waiter("T1", p0, () -> alloc(d0, mm));

    assertThat(world.record(() -> sva.iommuSvaFind(1)))
        .returned(null)
        .follows(
            """
            iommu_sva_find
              spin_lock iommu_sva_lock
              io_mm_get_locked
                inc_not_zero io_mm->kref: it is zero
              spin_unlock iommu_sva_lock
            """);
  }
}
