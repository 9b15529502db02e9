package dev.mmexit.scenario;

import dev.mmexit.iommu.ArmSmmuV3;
import dev.mmexit.iommu.Device;
import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Errno;
import dev.mmexit.scenario.format.Operation;
import dev.mmexit.variant.KernelImage;
import dev.mmexit.vfio.UserDma;
import dev.mmexit.vfio.VfioIommu;
import dev.mmexit.vfio.VfioIommuIoctl;
import java.util.OptionalInt;

/** Operations about what devices do with memory: faults, mappings for DMA, and pinned pages. */
final class DeviceOperations {
  private final Engine engine;
  private final KernelImage image;
  private final Objects objects;

  DeviceOperations(Engine engine, KernelImage image, Objects objects) {
    this.engine = engine;
    this.image = image;
    this.objects = objects;
  }

  /** MAP_DMA of the page that is the process's own: each has another one. */
  int map(Operation.MapDma map) {
    return ioctl(
        map.container(),
        VfioIommuIoctl.VFIO_IOMMU_MAP_DMA,
        UserDma.toMap(engine, iova(map.process()), map.container(), map.process()));
  }

  int unmap(Operation.UnmapDma unmap) {
    return ioctl(
        unmap.container(),
        VfioIommuIoctl.VFIO_IOMMU_UNMAP_DMA,
        UserDma.toUnmap(engine, iova(unmap.process()), unmap.container(), unmap.process()));
  }

  private int ioctl(String container, int command, UserDma argument) {
    int result =
        objects
            .container(container)
            .ioctl((type1, iommu) -> type1.vfioIommuType1Ioctl(iommu, command, argument));
    argument.kfree();
    return result;
  }

  /** What the driver does with the number of pages that it gets is up to it: 0 is success. */
  int pin(Operation.Pin pin) {
    VfioIommu iommu = objects.container(pin.container()).open();
    int result =
        iommu == null
            ? -Errno.EINVAL
            : image.type1().vfioIommuType1PinPages(iommu, iova(pin.process()));
    return Math.min(result, 0);
  }

  private int iova(String process) {
    return objects.process(process).number();
  }

  /**
   * The device sends a page request, in one action of the hardware; then the irq thread of its SMMU
   * goes on. A mediated device has none.
   */
  int fault(Device device, OptionalInt pasid) {
    if (pasid.isEmpty()) {
      return -Errno.EFAULT;
    }
    engine.current().runAs(null);
    return device.bus.iommuOps() instanceof ArmSmmuV3 smmu
        ? smmu.priq().armSmmuPriqThread(device, pasid.getAsInt())
        : image.iommu().iommuReportDeviceFault(device, pasid.getAsInt());
  }
}
