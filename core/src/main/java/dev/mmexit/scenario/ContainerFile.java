package dev.mmexit.scenario;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Ref;
import dev.mmexit.kernel.Struct;
import dev.mmexit.mm.OpenFile;
import dev.mmexit.vfio.VfioIommu;
import org.jspecify.annotations.Nullable;

/** {@code struct vfio_container}, as far as container operations go through it. */
final class ContainerFile extends Struct {
  private final Ref<VfioIommu> iommuData = ref("iommu_data");

  /** Whether some thread may close it: only then can it matter when the pointer is read. */
  private final boolean closes;

  /** Its file, where processes hold it open; set before any race. */
  private final Ref<OpenFile> filp = ref("filp");

  private final int fd;

  ContainerFile(Engine engine, String name, int fd, VfioIommu iommu, boolean closes) {
    super(engine, "vfio_container", "container", Storage.STATIC);
    nameIt(name);
    this.fd = fd;
    this.closes = closes;
    iommuData.set(iommu);
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

  /** What an operation finds behind the file; null once it was released. */
  @Nullable VfioIommu open() {
    return closes ? iommuData.readOnce() : iommuData.now();
  }

  void release() {
    iommuData.writeOnce(null);
  }

  @Nullable VfioIommu now() {
    return iommuData.now();
  }
}
