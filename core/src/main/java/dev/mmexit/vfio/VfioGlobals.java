package dev.mmexit.vfio;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Mutex;
import dev.mmexit.kernel.Struct;

/** {@code vfio}, the static variable of drivers/vfio/vfio.c. */
public final class VfioGlobals extends Struct {
  /** Protects the list of drivers, which never changes here. */
  public final Mutex iommuDriversLock = mutex("vfio.iommu_drivers_lock");

  VfioGlobals(Engine engine) {
    super(engine, "static variables of vfio.c", "", Storage.STATIC);
  }
}
