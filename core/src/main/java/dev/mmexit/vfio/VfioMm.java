package dev.mmexit.vfio;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Int;
import dev.mmexit.kernel.ListHead;
import dev.mmexit.kernel.Ref;
import dev.mmexit.kernel.Struct;
import dev.mmexit.mm.MmStruct;

/**
 * {@code struct vfio_mm} of drivers/vfio/vfio_iommu_type1.c: an address space bound to a container.
 * Takes no reference to it.
 */
public class VfioMm extends Struct {
  /** {@code VFIO_PASID_INVALID}. */
  public static final int VFIO_PASID_INVALID = -1;

  public final Int pasid = integer("pasid", VFIO_PASID_INVALID);
  public final Ref<MmStruct> mm = ref("mm");
  public final ListHead<VfioMm> next = listNode("next", this);

  /** A record of no address space. */
  public VfioMm(Engine engine) {
    super(engine, "vfio_mm", "vfio_mm");
  }
}
