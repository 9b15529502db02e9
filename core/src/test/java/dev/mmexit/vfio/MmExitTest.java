package dev.mmexit.vfio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.iommu.Device;
import dev.mmexit.iommu.IommuGroup;
import dev.mmexit.support.Trace;
import dev.mmexit.support.World;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code vfio_iommu_mm_exit}: forgets the record of a PASID, and touches nothing else. */
class MmExitTest {
  private final World world = new World();
  private final IommuGroup g0 = world.group("G0", "D0");
  private final Device d0 = g0.devices().get(0);
  private final VfioIommu c0 = world.containerOf(g0);

  @BeforeEach
  void bindTwo() {
    world.bind(c0, world.process("P0", 100));
    world.bind(c0, world.process("P1", 101));
  }

  private Trace mmExit(int pasid) {
    return world.record(() -> world.type1().vfioIommuMmExit(d0, pasid, c0));
  }

  @Test
  void forgetsTheRecordOfThatPasid() {
    assertThat(mmExit(1))
        .returned(0)
        .follows(
            """
            vfio_iommu_mm_exit
              mutex_lock iommu->lock
              list_del vfio_mm P0 from next
              kfree vfio_mm P0
              mutex_unlock iommu->lock
            """);
    assertThat(World.listed(c0)).containsExactly("P1");
    assertThat(world.sva().bondsOf(d0)).hasSize(2);
  }

  @Test
  void returnsZeroForAPasidThatIsNotListed() {
    assertThat(mmExit(3))
        .returned(0)
        .follows(
            """
            vfio_iommu_mm_exit
              mutex_lock iommu->lock
              mutex_unlock iommu->lock
            """);
    assertThat(World.listed(c0)).containsExactly("P1", "P0");
  }

  @Test
  void findsNothingTheSecondTime() {
    mmExit(2);

    assertThat(mmExit(2))
        .returned(0)
        .follows(
            """
            vfio_iommu_mm_exit
              mutex_lock iommu->lock
              mutex_unlock iommu->lock
            """);
    assertThat(World.listed(c0)).containsExactly("P0");
  }

  @Test
  void forgetsOnlyTheFirstOfTwoRecordsWithOnePasid() {
    c0.mmList.now().get(1).pasid.set(2);

    assertThat(mmExit(2))
        .returned(0)
        .follows(
            """
            vfio_iommu_mm_exit
              mutex_lock iommu->lock
              list_del vfio_mm P1 from next
              kfree vfio_mm P1
              mutex_unlock iommu->lock
            """);
    assertThat(World.listed(c0)).containsExactly("P0");
  }
}
