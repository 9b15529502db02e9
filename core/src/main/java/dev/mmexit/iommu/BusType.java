package dev.mmexit.iommu;

import dev.mmexit.kernel.Canonical;
import dev.mmexit.kernel.Mix;

/** {@code struct bus_type}: which driver serves its devices. Every group has one of its own. */
public final class BusType implements Canonical {
  private final IommuOps iommuOps;
  private final boolean coherent;
  private final String group;

  /**
   * A bus whose driver says {@code IOMMU_CAP_CACHE_COHERENCY}, or not.
   *
   * @param group the name of the group whose devices are on it, for fault injection
   */
  public BusType(IommuOps iommuOps, boolean coherent, String group) {
    this.iommuOps = iommuOps;
    this.coherent = coherent;
    this.group = group;
  }

  /** The name of the group whose devices are on it. */
  String group() {
    return group;
  }

  /** {@code iommu_ops}: the operations of the driver. */
  public IommuOps iommuOps() {
    return iommuOps;
  }

  /** Whether DMA by the devices snoops the caches of the CPU. */
  public boolean coherent() {
    return coherent;
  }

  @Override
  public long canonicalHash() {
    return Mix.chain(iommuOps.canonicalHash(), coherent ? 1 : 0);
  }
}
