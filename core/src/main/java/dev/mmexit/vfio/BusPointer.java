package dev.mmexit.vfio;

import dev.mmexit.iommu.BusType;
import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Ref;
import dev.mmexit.kernel.Struct;

/**
 * {@code struct bus_type *bus} of {@code vfio_iommu_type1_attach_group}. On the C stack: freeing it
 * is the end of its scope.
 */
public final class BusPointer extends Struct {
  public final Ref<BusType> bus = ref("bus");

  /** {@code NULL}. */
  public BusPointer(Engine engine) {
    super(engine, "bus_type *", "", Storage.STACK);
  }
}
