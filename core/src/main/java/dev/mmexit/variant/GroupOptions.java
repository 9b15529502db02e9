package dev.mmexit.variant;

/**
 * What kind of IOMMU group to build.
 *
 * @param defaultDomain whether the kernel gives it a default domain
 * @param generic whether its driver is the one that has a {@code detach_dev}, and not arm-smmu-v3
 * @param coherent whether its driver says {@code IOMMU_CAP_CACHE_COHERENCY}
 * @param msi whether it has a software MSI window
 * @param sva whether its devices can share address spaces
 * @param minPasid the lowest PASID of its devices
 * @param maxPasid the highest PASID of its devices
 */
public record GroupOptions(
    boolean defaultDomain,
    boolean generic,
    boolean coherent,
    boolean msi,
    boolean sva,
    int minPasid,
    int maxPasid) {
  /** A group of a scenario that says nothing more. */
  public static final GroupOptions DEFAULT =
      new GroupOptions(true, false, true, false, true, 1, 15);
}
