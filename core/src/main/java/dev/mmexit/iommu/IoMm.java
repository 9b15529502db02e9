package dev.mmexit.iommu;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Int;
import dev.mmexit.kernel.ListHead;
import dev.mmexit.kernel.Ref;
import dev.mmexit.kernel.RefCount;
import dev.mmexit.mm.MmStruct;
import dev.mmexit.mm.MmuNotifier;

/** {@code struct io_mm} of include/linux/iommu.h: an address space that devices share. */
public final class IoMm extends MmuNotifier {
  public final Int pasid = integer("pasid");
  public final Int flags = integer("flags");
  public final ListHead<IommuBond> devices = listHead("devices");
  public final RefCount kref = refCount("kref", 0);
  public final Ref<MmStruct> mm = ref("mm");

  /** {@code release}, the {@code mm_free} of the driver. */
  public final Ref<IommuOps> release = ref("release");

  IoMm(Engine engine) {
    super(engine, "io_mm", "io_mm");
  }
}
