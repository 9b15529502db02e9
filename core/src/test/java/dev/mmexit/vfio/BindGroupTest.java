package dev.mmexit.vfio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.iommu.Device;
import dev.mmexit.iommu.IommuGroup;
import dev.mmexit.mm.Task;
import dev.mmexit.support.Handlers;
import dev.mmexit.support.Trace;
import dev.mmexit.support.World;
import org.junit.jupiter.api.Test;

/** {@code vfio_iommu_bind_group}, {@code vfio_iommu_unbind_group} and {@code vfio_iommu_unbind}. */
class BindGroupTest {
  private final World world = new World();
  private final VfioIommuType1 type1 = world.type1();
  private final Task p0 = world.process("P0", 100);

  private VfioMm vfioMm(Task task) {
    VfioMm vfioMm = new VfioMm(world.engine());
    vfioMm.mm.set(task.mm.now());
    return vfioMm;
  }

  private Trace bind(VfioIommu iommu, IommuGroup group, VfioMm vfioMm) {
    VfioGroup record = world.record(iommu, group);
    return world.record(() -> type1.vfioIommuBindGroup(iommu, record, vfioMm));
  }

  @Test
  void initialisesSvaAndBindsTheDevice() {
    IommuGroup g0 = world.group("G0", "D0");
    VfioIommu c0 = world.containerOf(g0);
    VfioMm vfioMm = vfioMm(p0);
    world.watch("sva_enabled");

    assertThat(bind(c0, g0, vfioMm))
        .returned(0)
        .follows(
            """
            vfio_iommu_bind_group
              iommu_group_for_each_dev
                mutex_lock group->mutex
                vfio_iommu_sva_init
                  iommu_sva_device_init
                    iommu_get_domain_for_dev
                    iommu_register_device_fault_handler
                      mutex_lock param->lock
                      kzalloc iommu_fault_param
                      mutex_unlock param->lock
                    kzalloc iommu_sva_param
                    arm_smmu_sva_init
                      iopf_queue_add_device
                        kzalloc iopf_device_param
                        mutex_lock param->lock
                        mutex_unlock param->lock
                    mutex_lock param->lock
                    mutex_unlock param->lock
                mutex_unlock group->mutex
              group->sva_enabled = true
              iommu_group_for_each_dev
                mutex_lock group->mutex
                vfio_iommu_sva_bind_dev
                  __iommu_sva_bind_device
                    iommu_get_domain_for_dev
                    spin_lock iommu_sva_lock
                    spin_unlock iommu_sva_lock
                    io_mm_alloc
                      arm_smmu_mm_alloc
                        kzalloc io_mm
                      mmgrab
                        inc mm->mm_count
                      spin_lock iommu_sva_lock
                      idr_alloc iommu_pasid_idr: 1
                      spin_unlock iommu_sva_lock
                      mmu_notifier_register
                        kzalloc mmu_notifier_mm
                        down_write mm->mmap_sem
                        mm_take_all_locks
                          mutex_lock mm_all_locks_mutex
                        mmgrab
                          inc mm->mm_count
                        spin_lock mmu_notifier_mm->lock
                        hlist_add_head_rcu io_mm P0
                        spin_unlock mmu_notifier_mm->lock
                        mm_drop_all_locks
                          mutex_unlock mm_all_locks_mutex
                        up_write mm->mmap_sem
                      init io_mm->kref to 1
                    io_mm_attach
                      kzalloc iommu_bond
                      spin_lock iommu_sva_lock
                      arm_smmu_mm_attach
                      list_add iommu_bond D0-P0 to io_mm->devices
                      list_add iommu_bond D0-P0 to smmu_domain->domain.mm_list
                      list_add iommu_bond D0-P0 to sva_param->mm_list
                      spin_unlock iommu_sva_lock
                mutex_unlock group->mutex
            """);
    assertThat(vfioMm.pasid.now()).isEqualTo(1);
    assertThat(world.record(c0, g0).svaEnabled.now()).isTrue();
    assertThat(world.bond(g0.devices().get(0)).drvdata.now()).isEqualTo(c0);
  }

  @Test
  void initialisesSvaOnce() {
    IommuGroup g0 = world.group("G0", "D0");
    VfioIommu c0 = world.containerOf(g0);
    world.bind(c0, p0);
    VfioMm vfioMm = vfioMm(world.process("P1", 101));

    assertThat(bind(c0, g0, vfioMm))
        .returned(0)
        .follows(
            """
            vfio_iommu_bind_group
              iommu_group_for_each_dev
                mutex_lock group->mutex
                vfio_iommu_sva_bind_dev
                  __iommu_sva_bind_device ...
                mutex_unlock group->mutex
            """);
    assertThat(vfioMm.pasid.now()).isEqualTo(2);
  }

  @Test
  void undoesTheFirstDeviceOfAGroupOfTwo() {
    IommuGroup two = world.group("G0", "D0", "D1");
    VfioIommu c0 = world.containerOf(two);
    world.watch("sva_enabled");

    assertThat(bind(c0, two, vfioMm(p0)))
        .follows(
            """
            vfio_iommu_bind_group: -EINVAL
              iommu_group_for_each_dev
                mutex_lock group->mutex
                vfio_iommu_sva_init ...
                vfio_iommu_sva_init ...
                mutex_unlock group->mutex
              group->sva_enabled = true
              iommu_group_for_each_dev: -EINVAL
                mutex_lock group->mutex
                vfio_iommu_sva_bind_dev
                  __iommu_sva_bind_device ...
                vfio_iommu_sva_bind_dev: -EINVAL
                mutex_unlock group->mutex
              iommu_group_for_each_dev: -ESRCH
                mutex_lock group->mutex
                vfio_iommu_sva_unbind_dev
                  __iommu_sva_unbind_device ...
                vfio_iommu_sva_unbind_dev: -ESRCH
                  __iommu_sva_unbind_device: -ESRCH ...
                mutex_unlock group->mutex
              iommu_group_for_each_dev
                mutex_lock group->mutex
                vfio_iommu_sva_shutdown
                  iommu_sva_device_shutdown ...
                vfio_iommu_sva_shutdown
                  iommu_sva_device_shutdown ...
                mutex_unlock group->mutex
              group->sva_enabled = false
            """);
    assertThat(world.record(c0, two).svaEnabled.now()).isFalse();
    assertThat(two.devices()).allSatisfy(this::isIdle);
  }

  private void isIdle(Device dev) {
    assertThat(world.sva().bondsOf(dev)).isEmpty();
    assertThat(dev.iommuParam.svaParam.now()).isNull();
    assertThat(dev.iommuParam.faultParam.now()).isNull();
    assertThat(dev.iommuParam.iopfParam.now()).isNull();
  }

  @Test
  void returnsAtOnceWhenADeviceCannotBeInitialised() {
    IommuGroup g0 = world.group("G0", World.NO_SVA, "D0");
    VfioIommu c0 = world.containerOf(g0);

    assertThat(bind(c0, g0, vfioMm(p0)))
        .follows(
            """
            vfio_iommu_bind_group: -ENODEV
              iommu_group_for_each_dev: -ENODEV
                mutex_lock group->mutex
                vfio_iommu_sva_init: -ENODEV
                  iommu_sva_device_init: -ENODEV ...
                mutex_unlock group->mutex
            """);
    assertThat(world.record(c0, g0).svaEnabled.now()).isFalse();
  }

  @Test
  void leavesEarlierDevicesInitialisedWhenALaterOneFails() {
    IommuGroup two = world.group("G0", "D0", "D1");
    VfioIommu c0 = world.containerOf(two);
    world.iommu().iommuRegisterDeviceFaultHandler(two.devices().get(1), Handlers.NO_FAULTS);

    assertThat(bind(c0, two, vfioMm(p0)))
        .follows(
            """
            vfio_iommu_bind_group: -EBUSY
              iommu_group_for_each_dev: -EBUSY
                mutex_lock group->mutex
                vfio_iommu_sva_init ...
                vfio_iommu_sva_init: -EBUSY
                  iommu_sva_device_init: -EBUSY
                    iommu_get_domain_for_dev
                    iommu_register_device_fault_handler: -EBUSY ...
                mutex_unlock group->mutex
            """);
    assertThat(two.devices().get(0).iommuParam.svaParam.now()).isNotNull();
    assertThat(world.record(c0, two).svaEnabled.now()).isFalse();
  }

  @Test
  void shutsDownSvaThatItEnabledWhenTheOnlyDeviceCannotBeBound() {
    IommuGroup g0 = world.group("G0", "D0");
    VfioIommu nesting = world.kernel().addContainer("C0", true);
    world.attach(nesting, g0);

    assertThat(bind(nesting, g0, vfioMm(p0)))
        .follows(
            """
            vfio_iommu_bind_group: -ENOMEM
              iommu_group_for_each_dev
                mutex_lock group->mutex
                vfio_iommu_sva_init ...
                mutex_unlock group->mutex
              iommu_group_for_each_dev: -ENOMEM
                mutex_lock group->mutex
                vfio_iommu_sva_bind_dev: -ENOMEM
                  __iommu_sva_bind_device: -ENOMEM ...
                mutex_unlock group->mutex
              iommu_group_for_each_dev
                mutex_lock group->mutex
                vfio_iommu_sva_shutdown ...
                mutex_unlock group->mutex
            """);
    isIdle(g0.devices().get(0));
  }

  @Test
  void leavesSvaOnThatAnotherCallEnabled() {
    IommuGroup g0 = world.group("G0", "D0");
    VfioIommu c0 = world.containerOf(g0);
    world.bind(c0, p0);

    assertThat(bind(c0, g0, vfioMm(p0)))
        .follows(
            """
            vfio_iommu_bind_group: -EEXIST
              iommu_group_for_each_dev: -EEXIST
                mutex_lock group->mutex
                vfio_iommu_sva_bind_dev: -EEXIST
                  __iommu_sva_bind_device: -EEXIST ...
                mutex_unlock group->mutex
            """);
    assertThat(world.record(c0, g0).svaEnabled.now()).isTrue();
  }

  @Test
  void unbindsEveryGroupOfEveryDomainAndIgnoresErrors() {
    IommuGroup g0 = world.group("G0", "D0");
    IommuGroup g1 = world.group("G1", "D1");
    IommuGroup g2 = world.group("G2", World.NOT_COHERENT, "D2");
    VfioIommu c0 = world.containerOf(g0, g1, g2);
    world.bind(c0, p0);
    world.sva().__iommuSvaUnbindDevice(g1.devices().get(0), 1);
    VfioMm vfioMm = c0.mmList.now().get(0);

    assertThat(world.record(() -> type1.vfioIommuUnbind(c0, vfioMm)))
        .follows(
            """
            vfio_iommu_unbind
              vfio_iommu_unbind_group
                iommu_group_for_each_dev
                  mutex_lock group->mutex
                  vfio_iommu_sva_unbind_dev
                    __iommu_sva_unbind_device ...
                  mutex_unlock group->mutex
              vfio_iommu_unbind_group
                iommu_group_for_each_dev: -ESRCH
                  mutex_lock group->mutex
                  vfio_iommu_sva_unbind_dev: -ESRCH
                    __iommu_sva_unbind_device: -ESRCH ...
                  mutex_unlock group->mutex
              vfio_iommu_unbind_group
                iommu_group_for_each_dev
                  mutex_lock group->mutex
                  vfio_iommu_sva_unbind_dev
                    __iommu_sva_unbind_device ...
                  mutex_unlock group->mutex
            """);
  }
}
