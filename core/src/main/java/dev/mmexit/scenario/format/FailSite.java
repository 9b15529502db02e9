package dev.mmexit.scenario.format;

import java.util.Locale;

/** The calls that a scenario can make fail. */
public enum FailSite {
  IOMMU_DOMAIN_ALLOC,
  IOMMU_ATTACH_GROUP,
  IOMMU_GET_MSI_COOKIE,
  SVA_DEVICE_INIT,
  MM_ALLOC,
  MM_ATTACH,
  MMU_NOTIFIER_REGISTER,
  COPY_FROM_USER,
  COPY_TO_USER,
  KZALLOC,
  PASID_ALLOC;

  /** The name in a scenario, as {@code kzalloc}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
