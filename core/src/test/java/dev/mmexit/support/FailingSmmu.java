package dev.mmexit.support;

import dev.mmexit.iommu.ArmSmmuV3;
import dev.mmexit.iommu.Device;
import dev.mmexit.iommu.DmaIommu;
import dev.mmexit.iommu.IoPgfault;
import dev.mmexit.iommu.IommuDomain;
import dev.mmexit.iommu.SvaCore;
import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Errno;
import java.util.ArrayDeque;
import java.util.Deque;

/** A driver whose {@code attach_dev} fails when a test says so. */
public final class FailingSmmu extends ArmSmmuV3 {
  private final Engine engine;
  private final Deque<Boolean> plan = new ArrayDeque<>();

  FailingSmmu(Engine engine, IoPgfault ioPgfault, DmaIommu dmaIommu, SvaCore sva) {
    super(engine, ioPgfault, dmaIommu, sva);
    this.engine = engine;
  }

  /** Which of the next attachments fail; those after them succeed. */
  public void failing(boolean... calls) {
    for (boolean call : calls) {
      plan.add(call);
    }
  }

  @Override
  public int attachDev(IommuDomain domain, Device dev) {
    if (Boolean.TRUE.equals(plan.poll())) {
      return engine.call("failing_attach_dev", () -> -Errno.ENXIO);
    }
    return super.attachDev(domain, dev);
  }
}
