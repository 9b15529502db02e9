package dev.mmexit.vfio;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.ErrPtr;
import dev.mmexit.kernel.Errno;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * drivers/vfio/vfio.c: the files of containers. Those of groups are in {@link VfioGroups}. There
 * are no groups without an IOMMU, so {@code noiommu} is left out.
 */
public class Vfio extends VfioGroups {
  /** The drivers, in the order of {@code vfio.iommu_drivers_list}. */
  private final List<VfioIommuDriver> iommuDriversList;

  /** The functions, over the drivers that are registered. */
  public Vfio(Engine engine, List<VfioIommuDriver> iommuDriversList) {
    super(engine);
    this.iommuDriversList = List.copyOf(iommuDriversList);
  }

  /** An ioctl of a driver, {@code driver->ops->ioctl(data, cmd, arg)}. */
  @FunctionalInterface
  public interface DriverIoctl {
    /** Calls it; {@code data} may be {@code NULL}. */
    int call(VfioIommuType1 ops, @Nullable VfioIommu data);
  }

  /** {@code vfio_fops_open} of drivers/vfio/vfio.c: a container for the file. */
  public void vfioFopsOpen(VfioFile<VfioContainer> filep) {
    engine.run(
        "vfio_fops_open",
        () -> {
          VfioContainer container = engine.create(() -> new VfioContainer(engine));
          container.nameIt(filep.name());
          filep.privateData.set(container);
        });
  }

  /**
   * {@code vfio_fops_release} of drivers/vfio/vfio.c: drops a reference. Detaches no group and
   * releases no driver.
   */
  public void vfioFopsRelease(VfioFile<VfioContainer> filep) {
    engine.run(
        "vfio_fops_release",
        () -> {
          VfioContainer container = filep.privateData.deref();
          filep.privateData.set(null);
          vfioContainerPut(container);
        });
  }

  /**
   * {@code vfio_fops_unl_ioctl} of drivers/vfio/vfio.c, for all commands that it passes through to
   * the driver: with pointers that it reads without a lock, and keeps without a reference.
   *
   * @return {@code -EINVAL} where there is no driver, else what the driver returns
   */
  public int vfioFopsUnlIoctl(VfioFile<VfioContainer> filep, DriverIoctl ioctl) {
    return engine.call(
        "vfio_fops_unl_ioctl",
        () -> {
          VfioContainer container = filep.privateData.get();
          if (container == null) {
            return -Errno.EINVAL;
          }
          VfioIommuDriver driver = container.iommuDriver.get();
          VfioIommu data = container.iommuData.get();
          return driver == null ? -Errno.EINVAL : ioctl.call(driver.ops, data);
        });
  }

  /**
   * {@code vfio_ioctl_check_extension} of drivers/vfio/vfio.c: asks the driver, or all of them
   * while there is none.
   *
   * @return the first answer above 0, or the last answer
   */
  public int vfioIoctlCheckExtension(VfioContainer container, int arg) {
    return engine.call(
        "vfio_ioctl_check_extension",
        () -> {
          container.groupLock.downRead();
          VfioIommuDriver driver = container.iommuDriver.get();
          int ret = 0;
          if (driver == null) {
            globals.iommuDriversLock.lock();
            for (VfioIommuDriver each : iommuDriversList) {
              ret = checkExtension(each, null, arg);
              if (ret > 0) {
                break;
              }
            }
            globals.iommuDriversLock.unlock();
          } else {
            ret = checkExtension(driver, container.iommuData.get(), arg);
          }
          container.groupLock.upRead();
          return ret;
        });
  }

  private static int checkExtension(VfioIommuDriver driver, @Nullable VfioIommu data, int arg) {
    return driver.ops.vfioIommuType1Ioctl(data, VfioIommuIoctl.VFIO_CHECK_EXTENSION, arg);
  }

  /**
   * {@code vfio_ioctl_set_iommu} of drivers/vfio/vfio.c: gives the container the first driver that
   * takes {@code arg} and all of its groups.
   *
   * @return {@code -EINVAL} without a group or with a driver; else 0, the last error, or {@code
   *     -ENODEV} where no driver knows {@code arg}
   */
  public int vfioIoctlSetIommu(VfioContainer container, int arg) {
    return engine.call(
        "vfio_ioctl_set_iommu",
        () -> {
          container.groupLock.downWrite();
          if (container.groupList.isEmpty() || container.iommuDriver.get() != null) {
            container.groupLock.upWrite();
            return -Errno.EINVAL;
          }
          int ret = -Errno.ENODEV;
          globals.iommuDriversLock.lock();
          for (VfioIommuDriver driver : iommuDriversList) {
            if (checkExtension(driver, null, arg) <= 0) {
              continue;
            }
            ErrPtr<VfioIommu> opened = driver.ops.vfioIommuType1Open(arg);
            VfioIommu data = opened.pointer();
            if (data == null) {
              ret = opened.error();
              continue;
            }
            data.nameIt(container.name());
            ret = __vfioContainerAttachGroups(container, driver, data);
            if (ret != 0) {
              driver.ops.vfioIommuType1Release(data);
              continue;
            }
            container.iommuDriver.set(driver);
            container.iommuData.set(data);
            break;
          }
          globals.iommuDriversLock.unlock();
          container.groupLock.upWrite();
          return ret;
        });
  }

  /**
   * {@code __vfio_container_attach_groups} of drivers/vfio/vfio.c: all groups or none. Held: the
   * container's group lock for writing, and that of the drivers.
   */
  private int __vfioContainerAttachGroups(
      VfioContainer container, VfioIommuDriver driver, VfioIommu data) {
    return engine.call(
        "__vfio_container_attach_groups",
        () -> {
          int ret = -Errno.ENODEV;
          for (VfioCoreGroup group : container.groupList.entries()) {
            ret = driver.ops.vfioIommuType1AttachGroup(data, group.iommuGroup);
            if (ret != 0) {
              for (VfioCoreGroup done :
                  container.groupList.entriesContinueReverse(group.containerNext)) {
                driver.ops.vfioIommuType1DetachGroup(data, done.iommuGroup);
              }
              return ret;
            }
          }
          return ret;
        });
  }
}
