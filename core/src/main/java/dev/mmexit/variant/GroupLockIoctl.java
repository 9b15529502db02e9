package dev.mmexit.variant;

import com.google.auto.service.AutoService;
import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Errno;
import dev.mmexit.vfio.Vfio;
import dev.mmexit.vfio.VfioContainer;
import dev.mmexit.vfio.VfioFile;
import dev.mmexit.vfio.VfioIommuDriver;
import dev.mmexit.vfio.VfioIommuType1;
import java.util.List;

/**
 * {@code vfio_fops_unl_ioctl} holds the container's group lock for reading while it looks for the
 * driver and calls its ioctl.
 *
 * <p>Stands for an older version of vfio.c, which did. Answers what the lock was good for: finding
 * 11.
 *
 * <p>Expected: an ioctl never finds a container that is being released, or one that has a driver
 * and no data. The callbacks may run with the group lock held for reading, where BIND or UNBIND
 * drops the last reference.
 *
 * <p>Found: so it is. Every scenario in which an ioctl meets a container that is set up or released
 * is free of finding 11, and no scenario shows anything that it does not show with the code as
 * posted. vfio-exit-bind-unset keeps findings 1 and 2.
 */
@AutoService(Variant.class)
public final class GroupLockIoctl extends Variant {
  @Override
  public String name() {
    return "group-lock-ioctl";
  }

  @Override
  public String summary() {
    return "container ioctls hold the group lock of the container for reading";
  }

  @Override
  public Vfio vfio(Engine kernel, VfioIommuType1 type1) {
    return new Vfio(kernel, List.of(new VfioIommuDriver(kernel, type1))) {
      @Override
      public int vfioFopsUnlIoctl(VfioFile<VfioContainer> filep, DriverIoctl ioctl) {
        return engine.call(
            "vfio_fops_unl_ioctl",
            () -> {
              VfioContainer container = filep.privateData.get();
              if (container == null) {
                return -Errno.EINVAL;
              }
              container.groupLock.downRead();
              VfioIommuDriver driver = container.iommuDriver.get();
              int ret =
                  driver == null
                      ? -Errno.EINVAL
                      : ioctl.call(driver.ops, container.iommuData.get());
              container.groupLock.upRead();
              return ret;
            });
      }
    };
  }
}
