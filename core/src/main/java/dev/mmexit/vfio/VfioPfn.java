package dev.mmexit.vfio;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Int;
import dev.mmexit.kernel.ListHead;
import dev.mmexit.kernel.RefCount;
import dev.mmexit.kernel.Struct;

/** {@code struct vfio_pfn} of drivers/vfio/vfio_iommu_type1.c: a page that a driver has pinned. */
public final class VfioPfn extends Struct {
  public final ListHead<VfioPfn> node = listNode("node", this);
  public final Int iova = integer("iova");

  /** How often it is pinned. */
  public final RefCount refCount = refCount("ref_count", 1);

  /** A page that is on no list. */
  public VfioPfn(Engine engine) {
    super(engine, "vfio_pfn", "vpfn");
  }
}
