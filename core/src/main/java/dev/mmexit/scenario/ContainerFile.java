package dev.mmexit.scenario;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Errno;
import dev.mmexit.kernel.Ref;
import dev.mmexit.kernel.Struct;
import dev.mmexit.mm.OpenFile;
import dev.mmexit.vfio.Vfio;
import dev.mmexit.vfio.VfioContainer;
import dev.mmexit.vfio.VfioFile;
import dev.mmexit.vfio.VfioIommu;
import dev.mmexit.vfio.VfioIommuType1;
import org.jspecify.annotations.Nullable;

/**
 * A container of a scenario, as its operations reach it: the type1 driver's data directly, or a
 * file of the vfio layer.
 */
abstract class ContainerFile extends Struct {
  /** Its file, where processes hold it open; set before any race. */
  private final Ref<OpenFile> filp = ref("filp");

  private final int fd;

  ContainerFile(Engine engine, String name, int fd) {
    super(engine, "vfio_container", "container", Storage.STATIC);
    nameIt(name);
    this.fd = fd;
  }

  /** Its file; null where no process holds it open. */
  @Nullable OpenFile filp() {
    return filp.now();
  }

  /** The descriptor that every process has for it that has one. */
  int fd() {
    return fd;
  }

  void opened(OpenFile file) {
    filp.set(file);
  }

  /** What the driver's functions are called with directly; null where there is nothing. */
  abstract @Nullable VfioIommu open();

  /** An ioctl of the driver, on the way that those of this container take. */
  abstract int ioctl(Vfio.DriverIoctl ioctl);

  /** {@code close} of this container. */
  abstract int close();

  /** The driver's data, unseen by the engine. */
  abstract @Nullable VfioIommu now();

  /** One that is the type1 driver's data and no more. */
  static final class Direct extends ContainerFile {
    private final Ref<VfioIommu> iommuData = ref("iommu_data");
    private final VfioIommuType1 type1;

    /** Whether some thread may close it: only then can it matter when the pointer is read. */
    private final boolean closes;

    Direct(
        Engine engine, String name, int fd, VfioIommuType1 type1, VfioIommu iommu, boolean closes) {
      super(engine, name, fd);
      this.type1 = type1;
      this.closes = closes;
      iommuData.set(iommu);
    }

    @Override
    @Nullable VfioIommu open() {
      return closes ? iommuData.readOnce() : iommuData.now();
    }

    @Override
    int ioctl(Vfio.DriverIoctl ioctl) {
      VfioIommu iommu = open();
      return iommu == null ? -Errno.EINVAL : ioctl.call(type1, iommu);
    }

    @Override
    int close() {
      VfioIommu iommu = open();
      if (iommu == null) {
        return -Errno.EINVAL;
      }
      type1.vfioIommuType1Release(iommu);
      iommuData.writeOnce(null);
      return 0;
    }

    @Override
    @Nullable VfioIommu now() {
      return iommuData.now();
    }
  }

  /** One that is opened and filled through the vfio layer. */
  static final class Layered extends ContainerFile {
    private final VfioUser user;
    private final VfioFile<VfioContainer> file;
    private final VfioContainer container;
    private final Engine engine;

    Layered(
        Engine engine,
        String name,
        int fd,
        VfioUser user,
        VfioFile<VfioContainer> file,
        VfioContainer container) {
      super(engine, name, fd);
      this.engine = engine;
      this.user = user;
      this.file = file;
      this.container = container;
    }

    @Override
    @Nullable VfioIommu open() {
      return isThere() ? container.iommuData.readOnce() : null;
    }

    @Override
    int ioctl(Vfio.DriverIoctl ioctl) {
      return user.ioctl(file, ioctl);
    }

    @Override
    int close() {
      return user.close(name());
    }

    private boolean isThere() {
      // No reference to the method: Java PathFinder does not box what that returns.
      return engine.glance(() -> container.isAlive());
    }

    @Override
    @Nullable VfioIommu now() {
      return isThere() ? container.iommuData.now() : null;
    }
  }
}
