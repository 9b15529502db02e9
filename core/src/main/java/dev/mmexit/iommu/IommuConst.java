package dev.mmexit.iommu;

/** Constants of include/linux/iommu.h. */
public final class IommuConst {
  /** {@code IOMMU_DOMAIN_UNMANAGED}: mapped by whoever allocated it. */
  public static final int IOMMU_DOMAIN_UNMANAGED = 1;

  /** {@code IOMMU_DOMAIN_DMA}: a default domain. */
  public static final int IOMMU_DOMAIN_DMA = 3;

  /** {@code IOMMU_CACHE}. */
  public static final int IOMMU_CACHE = 1 << 2;

  /** {@code IOMMU_SVA_FEAT_IOPF}. */
  public static final int IOMMU_SVA_FEAT_IOPF = 1 << 0;

  private IommuConst() {}
}
