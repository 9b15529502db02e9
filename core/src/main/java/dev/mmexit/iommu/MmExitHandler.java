package dev.mmexit.iommu;

import dev.mmexit.kernel.Canonical;
import dev.mmexit.kernel.Struct;
import org.jspecify.annotations.Nullable;

/** {@code iommu_mm_exit_handler_t} of include/linux/iommu.h. */
public interface MmExitHandler extends Canonical {
  /** The address space of {@code pasid} goes away: the device must stop using it. May sleep. */
  int mmExit(Device dev, int pasid, @Nullable Struct drvdata);
}
