package dev.mmexit.iommu;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Struct;
import dev.mmexit.kernel.Workqueue;

/** {@code struct iopf_queue} of drivers/iommu/io-pgfault.c: one for each SMMU. */
public final class IopfQueue extends Struct {
  public final Workqueue wq = new Workqueue(this, "queue->wq");

  /** {@code flush}: waits until the IOMMU has reported what it has. */
  public final Runnable flush;

  IopfQueue(Engine engine, Runnable flush) {
    super(engine, "iopf_queue", "queue", Storage.STATIC);
    this.flush = flush;
  }
}
