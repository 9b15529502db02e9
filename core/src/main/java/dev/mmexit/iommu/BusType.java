package dev.mmexit.iommu;

import dev.mmexit.kernel.Canonical;
import dev.mmexit.kernel.Mix;
import org.jspecify.annotations.Nullable;

/**
 * {@code struct bus_type}: which driver serves its devices. Every group has one of its own. The bus
 * of mediated devices is one without a driver.
 */
public final class BusType implements Canonical {
  private final @Nullable IommuOps iommuOps;
  private final boolean coherent;
  private final String group;

  /**
   * A bus whose driver says {@code IOMMU_CAP_CACHE_COHERENCY}, or not.
   *
   * @param group the name of the group whose devices are on it, for fault injection
   */
  public BusType(@Nullable IommuOps iommuOps, boolean coherent, String group) {
    this.iommuOps = iommuOps;
    this.coherent = coherent;
    this.group = group;
  }

  /** The name of the group whose devices are on it. */
  String group() {
    return group;
  }

  /** {@code iommu_ops}: the operations of the driver; null on {@code mdev_bus_type}. */
  public @Nullable IommuOps iommuOps() {
    return iommuOps;
  }

  /** Whether DMA by the devices snoops the caches of the CPU. */
  public boolean coherent() {
    return coherent;
  }

  @Override
  public long canonicalHash() {
    return Mix.chain(Mix.of(iommuOps), coherent ? 1 : 0);
  }
}
