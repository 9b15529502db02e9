package dev.mmexit.vfio;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Struct;

/**
 * {@code struct vfio_iommu_driver} of drivers/vfio/vfio.c: a registered driver. Never unregistered,
 * so its module needs no references.
 */
public final class VfioIommuDriver extends Struct {
  /** {@code ops}: the functions of the only driver that is modelled. */
  public final VfioIommuType1 ops;

  /** The driver with the functions {@code ops}. */
  public VfioIommuDriver(Engine engine, VfioIommuType1 ops) {
    super(engine, "vfio_iommu_driver", "driver", Storage.STATIC);
    this.ops = ops;
  }
}
