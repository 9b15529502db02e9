package dev.mmexit.vfio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.iommu.IommuGroup;
import dev.mmexit.mm.Task;
import dev.mmexit.support.Trace;
import dev.mmexit.support.World;
import dev.mmexit.variant.GroupOptions;
import org.junit.jupiter.api.Test;

/** {@code vfio_iommu_type1_detach_group}: leave the domain, then SVA, then the records. */
class DetachGroupTest {
  private final World world = new World();
  private final IommuGroup g0 = world.group("G0", "D0");
  private final IommuGroup g1 = world.group("G1", "D1");
  private final Task p0 = world.process("P0", 100);

  private Trace detach(VfioIommu iommu, IommuGroup group) {
    return world.record(() -> world.type1().vfioIommuType1DetachGroup(iommu, group));
  }

  @Test
  void freesTheLastDomain() {
    VfioIommu c0 = world.containerOf(g0);

    assertThat(detach(c0, g0))
        .follows(
            """
            vfio_iommu_type1_detach_group
              mutex_lock iommu->lock
              find_iommu_group
              iommu_detach_group
                mutex_lock group->mutex
                arm_smmu_attach_dev ...
                mutex_unlock group->mutex
              list_del vfio_group G0 from next
              kfree vfio_group G0
              vfio_iommu_unmap_unpin_all
              vfio_iommu_free_all_mm
              iommu_domain_free
                arm_smmu_domain_free
                  iommu_put_dma_cookie
                  kfree arm_smmu_domain
              list_del vfio_domain from next
              kfree vfio_domain
              mutex_unlock iommu->lock
            """);
    assertThat(c0.domainList.now()).isEmpty();
  }

  @Test
  void endsBondsInTheDomainBeforeItShutsSvaDown() {
    VfioIommu c0 = world.containerOf(g0);
    world.bind(c0, p0);
    world.watch("sva_enabled");

    assertThat(detach(c0, g0))
        .follows(
            """
            vfio_iommu_type1_detach_group
              mutex_lock iommu->lock
              find_iommu_group
              iommu_detach_group
                mutex_lock group->mutex
                arm_smmu_attach_dev
                  arm_smmu_detach_dev
                    __iommu_sva_unbind_dev_all
                      iopf_queue_flush_dev
                        mutex_lock param->lock
                        mutex_unlock param->lock
                      spin_lock iommu_sva_lock
                      io_mm_detach_locked ...
                      spin_unlock iommu_sva_lock
                    spin_lock smmu_domain->devices_lock
                    list_del arm_smmu_master_data D0 from list
                    spin_unlock smmu_domain->devices_lock
                  mutex_lock smmu_domain->init_mutex
                  spin_lock smmu_domain->devices_lock
                  list_add arm_smmu_master_data D0 to smmu_domain->devices
                  spin_unlock smmu_domain->devices_lock
                  mutex_unlock smmu_domain->init_mutex
                mutex_unlock group->mutex
              iommu_group_for_each_dev
                mutex_lock group->mutex
                vfio_iommu_sva_shutdown
                  iommu_sva_device_shutdown
                    iommu_get_domain_for_dev
                    __iommu_sva_unbind_dev_all
                      iopf_queue_flush_dev
                        mutex_lock param->lock
                        mutex_unlock param->lock
                      spin_lock iommu_sva_lock
                      spin_unlock iommu_sva_lock
                    mutex_lock param->lock
                    mutex_unlock param->lock
                    arm_smmu_sva_shutdown ...
                    kfree iommu_sva_param D0
                    iommu_unregister_device_fault_handler ...
                mutex_unlock group->mutex
              group->sva_enabled = false
              list_del vfio_group G0 from next
              kfree vfio_group G0
              vfio_iommu_unmap_unpin_all
              vfio_iommu_free_all_mm
                kfree vfio_mm P0
              iommu_domain_free ...
              list_del vfio_domain from next
              kfree vfio_domain
              mutex_unlock iommu->lock
            """);
    assertThat(world.sva().bondsOf(g0.devices().get(0))).isEmpty();
    assertThat(c0.mmList.isEmpty()).isTrue();
  }

  @Test
  void keepsADomainThatHasOtherGroups() {
    VfioIommu c0 = world.containerOf(g0, g1);
    world.bind(c0, p0);

    assertThat(detach(c0, g0))
        .follows(
            """
            vfio_iommu_type1_detach_group
              mutex_lock iommu->lock
              find_iommu_group
              iommu_detach_group ...
              iommu_group_for_each_dev
                mutex_lock group->mutex
                vfio_iommu_sva_shutdown ...
                mutex_unlock group->mutex
              list_del vfio_group G0 from next
              kfree vfio_group G0
              mutex_unlock iommu->lock
            """);
    assertThat(c0.groupsNow()).containsExactly(g1);
    assertThat(World.listed(c0)).containsExactly("P0");
  }

  @Test
  void keepsAddressSpacesWhileThereIsAnotherDomain() {
    IommuGroup g2 = world.group("G2", World.NOT_COHERENT, "D2");
    VfioIommu c0 = world.containerOf(g0, g2);
    world.bind(c0, p0);

    assertThat(detach(c0, g0))
        .follows(
            """
            vfio_iommu_type1_detach_group
              mutex_lock iommu->lock
              find_iommu_group
              find_iommu_group
              iommu_detach_group ...
              iommu_group_for_each_dev ...
              list_del vfio_group G0 from next
              kfree vfio_group G0
              iommu_domain_free ...
              list_del vfio_domain from next
              kfree vfio_domain
              mutex_unlock iommu->lock
            """);
    assertThat(c0.groupsNow()).containsExactly(g2);
    assertThat(World.listed(c0)).containsExactly("P0");
  }

  @Test
  void freesAddressSpacesFromTheNewest() {
    VfioIommu c0 = world.containerOf(g0);
    world.bind(c0, p0);
    world.bind(c0, world.process("P1", 101));

    assertThat(detach(c0, g0))
        .follows(
            """
            vfio_iommu_type1_detach_group
              mutex_lock iommu->lock
              find_iommu_group
              iommu_detach_group ...
              iommu_group_for_each_dev ...
              list_del vfio_group G0 from next
              kfree vfio_group G0
              vfio_iommu_unmap_unpin_all
              vfio_iommu_free_all_mm
                kfree vfio_mm P1
                kfree vfio_mm P0
              iommu_domain_free ...
              list_del vfio_domain from next
              kfree vfio_domain
              mutex_unlock iommu->lock
            """);
    assertThat(c0.mmList.isEmpty()).isTrue();
  }

  @Test
  void freesTheMsiCookie() {
    IommuGroup msi =
        world.group("G2", new GroupOptions(true, false, true, true, true, 1, 15), "D2");
    VfioIommu c0 = world.containerOf(msi);

    assertThat(detach(c0, msi))
        .follows(
            """
            vfio_iommu_type1_detach_group
              mutex_lock iommu->lock
              find_iommu_group
              iommu_detach_group ...
              list_del vfio_group G2 from next
              kfree vfio_group G2
              vfio_iommu_unmap_unpin_all
              vfio_iommu_free_all_mm
              iommu_domain_free
                arm_smmu_domain_free
                  iommu_put_dma_cookie
                    kfree iommu_dma_cookie
                  kfree arm_smmu_domain
              list_del vfio_domain from next
              kfree vfio_domain
              mutex_unlock iommu->lock
            """);
  }

  @Test
  void ignoresAGroupThatIsNotThere() {
    VfioIommu c0 = world.containerOf(g0);

    assertThat(detach(c0, g1))
        .follows(
            """
            vfio_iommu_type1_detach_group
              mutex_lock iommu->lock
              find_iommu_group
              mutex_unlock iommu->lock
            """);
    assertThat(detach(world.container("C1"), g1))
        .follows(
            """
            vfio_iommu_type1_detach_group
              mutex_lock iommu->lock
              mutex_unlock iommu->lock
            """);
  }

  @Test
  void leavesSvaAndBondsBehindWhereThereIsNoDomainToGoTo() {
    IommuGroup bare = world.group("G2", World.NO_DEFAULT_DOMAIN, "D2");
    VfioIommu c0 = world.containerOf(bare);
    world.bind(c0, p0);

    assertThat(detach(c0, bare))
        .follows(
            """
            vfio_iommu_type1_detach_group
              mutex_lock iommu->lock
              find_iommu_group
              iommu_detach_group
                mutex_lock group->mutex
                mutex_unlock group->mutex
              iommu_group_for_each_dev
                mutex_lock group->mutex
                vfio_iommu_sva_shutdown
                  iommu_sva_device_shutdown: -ENODEV
                    iommu_get_domain_for_dev
                mutex_unlock group->mutex
              list_del vfio_group G2 from next
              kfree vfio_group G2
              vfio_iommu_unmap_unpin_all
              vfio_iommu_free_all_mm
                kfree vfio_mm P0
              iommu_domain_free ...
              list_del vfio_domain from next
              kfree vfio_domain
              mutex_unlock iommu->lock
            """);
    assertThat(world.bond(bare.devices().get(0)).isAlive()).isTrue();
    assertThat(bare.devices().get(0).iommuParam.svaParam.now()).isNotNull();
  }

  @Test
  void endsBondsInDetachDevWhereTheDriverHasIt() {
    IommuGroup generic = world.group("G2", World.GENERIC, "D2");
    VfioIommu c0 = world.containerOf(generic);
    world.bind(c0, p0);

    assertThat(detach(c0, generic))
        .follows(
            """
            vfio_iommu_type1_detach_group
              mutex_lock iommu->lock
              find_iommu_group
              iommu_detach_group
                mutex_lock group->mutex
                generic_iommu_detach_dev
                  arm_smmu_detach_dev
                    __iommu_sva_unbind_dev_all ...
                    spin_lock smmu_domain->devices_lock
                    list_del arm_smmu_master_data D2 from list
                    spin_unlock smmu_domain->devices_lock
                mutex_unlock group->mutex
              iommu_group_for_each_dev
                mutex_lock group->mutex
                vfio_iommu_sva_shutdown
                  iommu_sva_device_shutdown: -ENODEV
                    iommu_get_domain_for_dev
                mutex_unlock group->mutex
              list_del vfio_group G2 from next
              kfree vfio_group G2
              vfio_iommu_unmap_unpin_all
              vfio_iommu_free_all_mm
                kfree vfio_mm P0
              iommu_domain_free ...
              list_del vfio_domain from next
              kfree vfio_domain
              mutex_unlock iommu->lock
            """);
    assertThat(world.sva().bondsOf(generic.devices().get(0))).isEmpty();
  }
}
