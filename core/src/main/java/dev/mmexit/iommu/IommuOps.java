package dev.mmexit.iommu;

import dev.mmexit.kernel.Canonical;
import dev.mmexit.kernel.ErrPtr;
import dev.mmexit.mm.MmStruct;
import org.jspecify.annotations.Nullable;

/**
 * {@code struct iommu_ops} of include/linux/iommu.h. Both drivers have all of the operations but
 * {@link #detachDev}, so that the tests for missing ones are left out.
 */
public interface IommuOps extends Canonical {
  /** {@code domain_alloc}. */
  @Nullable IommuDomain domainAlloc(int type);

  /** {@code domain_free}. */
  void domainFree(IommuDomain domain);

  /** {@code domain_set_attr} with {@code DOMAIN_ATTR_NESTING}. */
  int domainSetNesting(IommuDomain domain);

  /** {@code attach_dev}. */
  int attachDev(IommuDomain domain, Device dev);

  /** Whether {@code detach_dev} is not {@code NULL}. */
  boolean hasDetachDev();

  /** {@code detach_dev}. */
  void detachDev(IommuDomain domain, Device dev);

  /** {@code sva_device_init}: adjusts the limits in {@code param}. May sleep. */
  int svaDeviceInit(Device dev, IommuSvaParam param);

  /** {@code sva_device_shutdown}. May sleep. */
  void svaDeviceShutdown(Device dev, IommuSvaParam param);

  /** {@code mm_alloc}. May sleep. */
  ErrPtr<IoMm> mmAlloc(IommuDomain domain, MmStruct mm, int flags);

  /** {@code mm_free}. Must not sleep. */
  void mmFree(IoMm ioMm);

  /** {@code mm_attach}. Must not sleep. */
  int mmAttach(IommuDomain domain, Device dev, IoMm ioMm, boolean attachDomain);

  /** {@code mm_detach}. Must not sleep. */
  void mmDetach(IommuDomain domain, Device dev, IoMm ioMm, boolean detachDomain);

  /** {@code mm_invalidate}. Must not sleep. */
  void mmInvalidate(IommuDomain domain, Device dev, IoMm ioMm);
}
