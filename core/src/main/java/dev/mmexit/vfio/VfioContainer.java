package dev.mmexit.vfio;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.ListHead;
import dev.mmexit.kernel.Ref;
import dev.mmexit.kernel.RefCount;
import dev.mmexit.kernel.RwSemaphore;
import dev.mmexit.kernel.Struct;

/** {@code struct vfio_container} of drivers/vfio/vfio.c: what is behind {@code /dev/vfio/vfio}. */
public final class VfioContainer extends Struct {
  /** One for the file and one for each group; the last put frees the struct and no more. */
  public final RefCount kref = memoryCount("kref", 1);

  public final ListHead<VfioCoreGroup> groupList = listHead("group_list");
  public final RwSemaphore groupLock = rwSemaphore("group_lock");
  public final Ref<VfioIommuDriver> iommuDriver = ref("iommu_driver");
  public final Ref<VfioIommu> iommuData = ref("iommu_data");

  /** A container with one reference, no group and no driver. */
  public VfioContainer(Engine engine) {
    super(engine, "vfio_container", "container");
  }
}
