package dev.mmexit.vfio;

import dev.mmexit.iommu.IommuGroup;
import dev.mmexit.kernel.AtomicInt;
import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.ListHead;
import dev.mmexit.kernel.Ref;
import dev.mmexit.kernel.RefCount;
import dev.mmexit.kernel.Struct;
import dev.mmexit.kernel.WaitQueue;

/**
 * {@code struct vfio_group} of drivers/vfio/vfio.c: what is behind {@code /dev/vfio/N}. The type1
 * driver has another struct of the same name, {@link VfioGroup}.
 */
public final class VfioCoreGroup extends Struct {
  /** One for the devices that are bound to VFIO, which stay, and one for the file. */
  public final RefCount kref = memoryCount("kref", 1);

  /** 0 out of a container, 1 in one; open device files and external users would add to it. */
  public final AtomicInt containerUsers = atomic("container_users");

  public final AtomicInt opened = atomic("opened");
  public final Ref<VfioContainer> container = ref("container");
  public final ListHead<VfioCoreGroup> containerNext = listNode("container_next", this);
  public final WaitQueue containerQ = waitQueue("container_q");

  /** {@code iommu_group}: never changes. */
  public final IommuGroup iommuGroup;

  /** The group of the devices in {@code iommuGroup}, all of them bound to VFIO. */
  public VfioCoreGroup(Engine engine, IommuGroup iommuGroup) {
    super(engine, "vfio_group", "group");
    nameIt(iommuGroup.name());
    this.iommuGroup = iommuGroup;
  }
}
