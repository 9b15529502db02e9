package dev.mmexit.reproduce.match;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LockNamesTest {
  private final LockNames names = new LockNames(Model.get());

  @ParameterizedTest
  @CsvSource({
    "&iommu->lock, iommu->lock",
    "iommu_sva_lock, iommu_sva_lock",
    "&(&iommu->lock)->rlock, iommu->lock",
    "&mm->mmap_sem, mm->mmap_sem",
    "&mm->mmap_sem/1, mm->mmap_sem",
    "&mm->mmap_lock#2, mm->mmap_sem",
    "srcu, mmu_notifier srcu",
    "&sig->cred_guard_mutex, signal->cred_guard_mutex",
    "&p->alloc_lock, task->alloc_lock",
    "&group->mutex, group->mutex",
    "&container->group_lock, container->group_lock",
    "&dev->iommu_param->lock, param->lock",
    "vfio.iommu_drivers_lock, vfio.iommu_drivers_lock",
    "mm_all_locks_mutex, mm_all_locks_mutex"
  })
  void whatLockdepCallsALockIsAClassOfTheModel(String reported, String modelled) {
    assertThat(names.of(reported)).contains(modelled);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rcu_read_lock",
        "&rq->lock",
        "lock",
        "&lock",
        "&foo->lock",
        "(wq_completion)events"
      })
  void whatTheModelDoesNotHaveIsNone(String reported) {
    assertThat(names.of(reported)).isEmpty();
  }
}
