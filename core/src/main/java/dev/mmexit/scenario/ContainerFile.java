package dev.mmexit.scenario;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Ref;
import dev.mmexit.kernel.Struct;
import dev.mmexit.vfio.VfioIommu;
import org.jspecify.annotations.Nullable;

/** {@code struct vfio_container}, as far as container operations go through it. */
final class ContainerFile extends Struct {
  private final Ref<VfioIommu> iommuData = ref("iommu_data");

  /** Whether some thread closes it: only then can it matter when the pointer is read. */
  private final boolean closes;

  ContainerFile(Engine engine, String name, VfioIommu iommu, boolean closes) {
    super(engine, "vfio_container", "container", Storage.STATIC);
    nameIt(name);
    this.closes = closes;
    iommuData.set(iommu);
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
