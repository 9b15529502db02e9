package dev.mmexit.iommu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.support.World;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The MSI cookie of a domain. */
class DmaIommuTest {
  private final World world = new World();
  private final DmaIommu dmaIommu = new DmaIommu(world.engine());
  private final IommuGroup g0 = world.group("G0", "D0");
  private final IommuDomain domain =
      Objects.requireNonNull(world.iommu().iommuDomainAlloc(g0.devices().get(0).bus));

  @Test
  void isGotOnce() {
    assertThat(world.record(() -> dmaIommu.iommuGetMsiCookie(domain)))
        .returned(0)
        .follows(
            """
            iommu_get_msi_cookie
              kzalloc iommu_dma_cookie
            """);
    assertThat(world.record(() -> dmaIommu.iommuGetMsiCookie(domain)))
        .follows("iommu_get_msi_cookie: -EINVAL");
  }

  @Test
  void isNotForADefaultDomain() {
    IommuDomain defaultDomain = Objects.requireNonNull(g0.defaultDomain.now());

    assertThat(world.record(() -> dmaIommu.iommuGetMsiCookie(defaultDomain)))
        .follows("iommu_get_msi_cookie: -EINVAL");
  }

  @Test
  void goesWithTheDomain() {
    dmaIommu.iommuGetMsiCookie(domain);

    assertThat(world.record(() -> dmaIommu.iommuPutDmaCookie(domain)))
        .follows(
            """
            iommu_put_dma_cookie
              kfree iommu_dma_cookie
            """);
    assertThat(world.record(() -> dmaIommu.iommuPutDmaCookie(domain)))
        .follows("iommu_put_dma_cookie");
  }
}
