package dev.mmexit.iommu;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Struct;

/** {@code struct iommu_dma_cookie} of drivers/iommu/dma-iommu.c: where MSI doorbells are mapped. */
public final class IommuDmaCookie extends Struct {
  IommuDmaCookie(Engine engine) {
    super(engine, "iommu_dma_cookie", "cookie");
  }
}
