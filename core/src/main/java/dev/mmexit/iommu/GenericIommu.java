package dev.mmexit.iommu;

import dev.mmexit.kernel.Engine;

/** A second driver: as {@link ArmSmmuV3}, with a {@code detach_dev}. */
public final class GenericIommu extends ArmSmmuV3 {
  private final Engine engine;

  /** The IOMMU that the driver has. */
  public GenericIommu(Engine engine, IoPgfault ioPgfault, DmaIommu dmaIommu, SvaCore sva) {
    super(engine, ioPgfault, dmaIommu, sva, 0x9b05688c2b3e6c1fL);
    this.engine = engine;
  }

  @Override
  public boolean hasDetachDev() {
    return true;
  }

  @Override
  public void detachDev(IommuDomain domain, Device dev) {
    engine.run("generic_iommu_detach_dev", () -> armSmmuDetachDev(dev));
  }
}
