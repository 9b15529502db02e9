package dev.mmexit.iommu;

import dev.mmexit.mm.MmStruct;
import org.jspecify.annotations.Nullable;

/** What drivers and fault queues call in drivers/iommu/iommu-sva.c, which is a layer above. */
public interface SvaCore {
  /** {@code __iommu_sva_unbind_dev_all}. */
  void __iommuSvaUnbindDevAll(Device dev);

  /** {@code iommu_sva_find}: with a reference of {@code mm_users}. */
  @Nullable MmStruct iommuSvaFind(int pasid);
}
