package dev.mmexit.vfio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.iommu.IommuGroup;
import dev.mmexit.kernel.ErrPtr;
import dev.mmexit.support.World;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code vfio_iommu_type1_open}, {@code vfio_iommu_type1_release} and what the latter calls. */
class OpenAndReleaseTest {
  private final World world = new World();
  private final VfioIommuType1 type1 = world.type1();

  @ParameterizedTest
  @CsvSource({"1, false, false", "3, true, false", "6, true, true"})
  void opensThreeKinds(int kind, boolean v2, boolean nesting) {
    assertThat(world.record(() -> type1.vfioIommuType1Open(kind)))
        .follows(
            """
            vfio_iommu_type1_open
              kzalloc vfio_iommu
            """);
    VfioIommu iommu = Objects.requireNonNull(type1.vfioIommuType1Open(kind).pointer());
    assertThat(iommu.v2.now()).isEqualTo(v2);
    assertThat(iommu.nesting.now()).isEqualTo(nesting);
    assertThat(iommu.domainList.now()).isEmpty();
    assertThat(iommu.mmList.now()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 4, 5, 7, -1})
  void opensNoOtherKind(int kind) {
    assertThat(world.record(() -> type1.vfioIommuType1Open(kind)))
        .returned(ErrPtr.error(-22))
        .follows(
            """
            vfio_iommu_type1_open: -EINVAL
              kzalloc vfio_iommu
              kfree vfio_iommu
            """);
  }

  @Test
  void releasesAnEmptyContainerWithoutALock() {
    VfioIommu c0 = world.container("C0");

    assertThat(world.record(() -> type1.vfioIommuType1Release(c0)))
        .follows(
            """
            vfio_iommu_type1_release
              vfio_iommu_free_all_mm
              vfio_iommu_unmap_unpin_all
              kfree vfio_iommu C0
            """);
  }

  @Test
  void releasesGroupsThatAreStillAttachedAndLeavesSvaOn() {
    IommuGroup g0 = world.group("G0", "D0");
    IommuGroup g1 = world.group("G1", "D1");
    IommuGroup g2 = world.group("G2", World.NOT_COHERENT, "D2");
    VfioIommu c0 = world.containerOf(g0, g1, g2);
    world.bind(c0, world.process("P0", 100));
    world.bind(c0, world.process("P1", 101));

    assertThat(world.record(() -> type1.vfioIommuType1Release(c0)))
        .follows(
            """
            vfio_iommu_type1_release
              vfio_iommu_free_all_mm
                kfree vfio_mm P1
                kfree vfio_mm P0
              vfio_iommu_unmap_unpin_all
              vfio_release_domain
                iommu_detach_group ...
                list_del vfio_group G2 from next
                kfree vfio_group G2
                iommu_domain_free ...
              list_del vfio_domain from next
              kfree vfio_domain
              vfio_release_domain
                iommu_detach_group ...
                list_del vfio_group G1 from next
                kfree vfio_group G1
                iommu_detach_group ...
                list_del vfio_group G0 from next
                kfree vfio_group G0
                iommu_domain_free ...
              list_del vfio_domain from next
              kfree vfio_domain
              kfree vfio_iommu C0
            """);
    assertThat(g0.devices().get(0).iommuParam.svaParam.now()).isNotNull();
  }
}
