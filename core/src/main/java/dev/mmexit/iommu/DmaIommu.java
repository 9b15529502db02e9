package dev.mmexit.iommu;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Errno;
import dev.mmexit.kernel.FaultSite;

/** drivers/iommu/dma-iommu.c: the cookie of a domain that maps MSI doorbells. */
public final class DmaIommu {
  private final Engine engine;

  /** The functions. */
  public DmaIommu(Engine engine) {
    this.engine = engine;
  }

  /** {@code iommu_get_msi_cookie} of drivers/iommu/dma-iommu.c. */
  public int iommuGetMsiCookie(IommuDomain domain) {
    return engine.call(
        "iommu_get_msi_cookie",
        () -> {
          if (domain.type.get() != IommuConst.IOMMU_DOMAIN_UNMANAGED
              || domain.iovaCookie.get() != null) {
            return -Errno.EINVAL;
          }
          if (engine.shouldFail(
              FaultSite.IOMMU_GET_MSI_COOKIE, -Errno.ENOMEM, domain.allocatedFor)) {
            return -Errno.ENOMEM;
          }
          domain.iovaCookie.set(engine.create(() -> new IommuDmaCookie(engine)));
          return 0;
        });
  }

  /** {@code iommu_put_dma_cookie} of drivers/iommu/dma-iommu.c. */
  public void iommuPutDmaCookie(IommuDomain domain) {
    engine.run(
        "iommu_put_dma_cookie",
        () -> {
          IommuDmaCookie cookie = domain.iovaCookie.get();
          if (cookie != null) {
            cookie.kfree();
            domain.iovaCookie.set(null);
          }
        });
  }
}
