package dev.mmexit.iommu;

import dev.mmexit.kernel.Canonical;

/** {@code iommu_dev_fault_handler_t} of include/linux/iommu.h. */
public interface IommuDevFaultHandler extends Canonical {
  /**
   * {@code dev} asks for a page of the address space of {@code pasid}, in the last request of a
   * group. Called with the lock of the device's parameters held.
   */
  int fault(Device dev, int pasid);
}
