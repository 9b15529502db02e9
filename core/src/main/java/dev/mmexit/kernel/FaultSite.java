package dev.mmexit.kernel;

import java.util.Locale;

/** The calls of the modelled code that {@link FaultInjection} can make fail. */
public enum FaultSite {
  /** {@code iommu_domain_alloc}: {@code NULL}, which the caller makes {@code -EIO}. */
  IOMMU_DOMAIN_ALLOC,
  /** {@code iommu_attach_group}: {@code -EBUSY}, nothing done. */
  IOMMU_ATTACH_GROUP,
  /** {@code iommu_get_msi_cookie}: {@code -ENOMEM}. */
  IOMMU_GET_MSI_COOKIE,
  /** The driver's {@code sva_device_init}: {@code -ENODEV}. */
  SVA_DEVICE_INIT,
  /** The driver's {@code mm_alloc}: {@code NULL}, which the caller makes {@code -ENOMEM}. */
  MM_ALLOC,
  /** The driver's {@code mm_attach}: {@code -ENODEV}. */
  MM_ATTACH,
  /** {@code mmu_notifier_register}: {@code -EINTR}, as of a pending signal. */
  MMU_NOTIFIER_REGISTER,
  /** {@code copy_from_user}: {@code -EFAULT}. */
  COPY_FROM_USER,
  /** {@code copy_to_user}: {@code -EFAULT}. */
  COPY_TO_USER,
  /** {@code kzalloc} and {@code kmalloc}: {@code NULL}, which the caller makes {@code -ENOMEM}. */
  KZALLOC,
  /** {@code idr_alloc} of a PASID: {@code -ENOSPC}. */
  PASID_ALLOC;

  /** The name in a scenario, as {@code kzalloc}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
