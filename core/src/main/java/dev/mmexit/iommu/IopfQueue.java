package dev.mmexit.iommu;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Struct;
import dev.mmexit.kernel.Workqueue;

/** {@code struct iopf_queue} of drivers/iommu/io-pgfault.c: one for each SMMU. */
public final class IopfQueue extends Struct {
  public final Workqueue wq = new Workqueue(this, "queue->wq");

  IopfQueue(Engine engine) {
    super(engine, "iopf_queue", "queue", Storage.STATIC);
  }
}
