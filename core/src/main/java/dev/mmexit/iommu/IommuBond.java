package dev.mmexit.iommu;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Flag;
import dev.mmexit.kernel.ListHead;
import dev.mmexit.kernel.Ref;
import dev.mmexit.kernel.RefCount;
import dev.mmexit.kernel.Struct;
import dev.mmexit.kernel.WaitQueue;

/** {@code struct iommu_bond} of drivers/iommu/iommu-sva.c: ties one address space to one device. */
public final class IommuBond extends Struct {
  public final Ref<IoMm> ioMm = ref("io_mm");
  public final Ref<Device> dev = ref("dev");
  public final Ref<IommuDomain> domain = ref("domain");
  public final ListHead<IommuBond> mmHead = listNode("mm_head", this);
  public final ListHead<IommuBond> devHead = listNode("dev_head", this);
  public final ListHead<IommuBond> domainHead = listNode("domain_head", this);
  public final RefCount refs = refCount("refs", 1);
  public final WaitQueue mmExitWq = waitQueue("mm_exit_wq");
  public final Flag mmExitActive = flag("mm_exit_active", mmExitWq);
  public final Ref<Struct> drvdata = ref("drvdata");

  /** A bond that nothing refers to yet. */
  public IommuBond(Engine engine) {
    super(engine, "iommu_bond", "bond");
  }
}
