package dev.mmexit.vfio;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Flag;
import dev.mmexit.kernel.Int;
import dev.mmexit.kernel.ListHead;
import dev.mmexit.kernel.Ref;
import dev.mmexit.kernel.Struct;
import dev.mmexit.mm.Task;

/**
 * {@code struct vfio_dma} of drivers/vfio/vfio_iommu_type1.c: a range that a task has mapped. Takes
 * no reference to the task's address space.
 */
public final class VfioDma extends Struct {
  public final ListHead<VfioDma> node = listNode("node", this);

  /** In pages, as is {@link #size}. */
  public final Int iova = integer("iova");

  public final Int size = integer("size");

  /** The leader of the thread group that mapped it. */
  public final Ref<Task> task = ref("task");

  /** Whether the domains of the container have it. */
  public final Flag iommuMapped = flag("iommu_mapped");

  /** The pages that drivers have pinned. An rb tree in C. */
  public final ListHead<VfioPfn> pfnList = listHead("pfn_list");

  /** A range of nothing. */
  public VfioDma(Engine engine) {
    super(engine, "vfio_dma", "dma");
  }
}
