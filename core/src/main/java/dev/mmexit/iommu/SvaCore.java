package dev.mmexit.iommu;

/** What drivers call in drivers/iommu/iommu-sva.c, which is a layer above. */
public interface SvaCore {
  /** {@code __iommu_sva_unbind_dev_all}. */
  void __iommuSvaUnbindDevAll(Device dev);
}
