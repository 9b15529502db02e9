package dev.mmexit.iommu;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.ErrPtr;
import dev.mmexit.kernel.Errno;
import dev.mmexit.kernel.FaultSite;
import dev.mmexit.mm.MmStruct;

/** drivers/iommu/arm-smmu-v3.c: one SMMU and the devices behind it. Has no {@code detach_dev}. */
public class ArmSmmuV3 implements IommuOps {
  private final Engine engine;
  private final IoPgfault ioPgfault;
  private final DmaIommu dmaIommu;
  private final SvaCore sva;
  private final ArmSmmuPriq priq;
  private final IopfQueue iopfQueue;
  private final long identity;

  /** The SMMU that the driver has. */
  public ArmSmmuV3(Engine engine, IoPgfault ioPgfault, DmaIommu dmaIommu, SvaCore sva) {
    this(engine, ioPgfault, dmaIommu, sva, 0x510e527fade682d1L);
  }

  /**
   * A driver that is alike.
   *
   * @param identity what stands for its {@code iommu_ops} in fingerprints
   */
  protected ArmSmmuV3(
      Engine engine, IoPgfault ioPgfault, DmaIommu dmaIommu, SvaCore sva, long identity) {
    this.engine = engine;
    this.ioPgfault = ioPgfault;
    this.dmaIommu = dmaIommu;
    this.sva = sva;
    this.identity = identity;
    priq = new ArmSmmuPriq(engine, ioPgfault.iommu());
    iopfQueue = new IopfQueue(engine, priq::armSmmuFlushQueue);
  }

  @Override
  public final long canonicalHash() {
    return identity;
  }

  /** Where the page requests of its devices come in. */
  public final ArmSmmuPriq priq() {
    return priq;
  }

  /** {@code arm_smmu_domain_alloc} of drivers/iommu/arm-smmu-v3.c. */
  @Override
  public IommuDomain domainAlloc(int type) {
    return engine.get(
        "arm_smmu_domain_alloc", () -> engine.create(() -> new ArmSmmuDomain(engine)));
  }

  /** {@code arm_smmu_domain_free} of drivers/iommu/arm-smmu-v3.c. */
  @Override
  public void domainFree(IommuDomain domain) {
    engine.run(
        "arm_smmu_domain_free",
        () -> {
          dmaIommu.iommuPutDmaCookie(domain);
          domain.kfree();
        });
  }

  /** {@code arm_smmu_domain_set_attr} of drivers/iommu/arm-smmu-v3.c: before the first attach. */
  @Override
  public int domainSetNesting(IommuDomain domain) {
    return engine.call(
        "arm_smmu_domain_set_attr",
        () -> {
          ArmSmmuDomain smmuDomain = (ArmSmmuDomain) domain;
          int ret = -Errno.EPERM;
          smmuDomain.initMutex.lock();
          if (smmuDomain.smmu.get() == null) {
            smmuDomain.nested.set(true);
            ret = 0;
          }
          smmuDomain.initMutex.unlock();
          return ret;
        });
  }

  /**
   * {@code arm_smmu_attach_dev} of drivers/iommu/arm-smmu-v3.c: leaves the domain that the device
   * is in, then makes the new one reachable.
   */
  @Override
  public int attachDev(IommuDomain domain, Device dev) {
    return engine.call(
        "arm_smmu_attach_dev",
        () -> {
          ArmSmmuMasterData master = dev.iommuPriv;
          ArmSmmuDomain smmuDomain = (ArmSmmuDomain) domain;
          if (master.steAssigned.get()) {
            armSmmuDetachDev(dev);
          }
          smmuDomain.initMutex.lock();
          ArmSmmuV3 smmu = smmuDomain.smmu.get();
          if (smmu == null) {
            smmuDomain.smmu.set(this);
          } else if (smmu != this) {
            smmuDomain.initMutex.unlock();
            return -Errno.ENXIO;
          }
          master.steAssigned.set(true);
          master.domain.set(smmuDomain);
          smmuDomain.devicesLock.lock();
          smmuDomain.devices.add(master.list);
          smmuDomain.devicesLock.unlock();
          master.ste.set(smmuDomain);
          smmuDomain.initMutex.unlock();
          return 0;
        });
  }

  /** {@code arm_smmu_detach_dev} of drivers/iommu/arm-smmu-v3.c: ends every bond first. */
  public final void armSmmuDetachDev(Device dev) {
    engine.run(
        "arm_smmu_detach_dev",
        () -> {
          ArmSmmuMasterData master = dev.iommuPriv;
          ArmSmmuDomain smmuDomain = master.domain.get();
          if (smmuDomain != null) {
            sva.__iommuSvaUnbindDevAll(dev);
            smmuDomain.devicesLock.lock();
            master.list.del();
            smmuDomain.devicesLock.unlock();
            master.domain.set(null);
          }
          master.steAssigned.set(false);
          master.ste.set(null);
        });
  }

  @Override
  public boolean hasDetachDev() {
    return false;
  }

  @Override
  public void detachDev(IommuDomain domain, Device dev) {
    throw new UnsupportedOperationException("detach_dev is NULL");
  }

  /** {@code arm_smmu_sva_init} of drivers/iommu/arm-smmu-v3.c: what this device can do. */
  @Override
  public int svaDeviceInit(Device dev, IommuSvaParam param) {
    return engine.call(
        "arm_smmu_sva_init",
        () -> {
          if (engine.shouldFail(FaultSite.SVA_DEVICE_INIT, -Errno.ENODEV, dev.name())) {
            return -Errno.ENODEV;
          }
          int features = param.features.get();
          if ((features & ~IommuConst.IOMMU_SVA_FEAT_IOPF) != 0) {
            return -Errno.EINVAL;
          }
          if ((features & IommuConst.IOMMU_SVA_FEAT_IOPF) != 0) {
            if (!dev.canFault) {
              return -Errno.ENODEV;
            }
            int ret = ioPgfault.iopfQueueAddDevice(iopfQueue, dev);
            if (ret != 0) {
              return ret;
            }
          }
          int limit = param.maxPasid.get();
          param.minPasid.set(Math.max(param.minPasid.get(), dev.minPasid));
          param.maxPasid.set(limit == 0 ? dev.maxPasid : Math.min(limit, dev.maxPasid));
          return 0;
        });
  }

  /** {@code arm_smmu_sva_shutdown} of drivers/iommu/arm-smmu-v3.c. */
  @Override
  public void svaDeviceShutdown(Device dev, IommuSvaParam param) {
    engine.run("arm_smmu_sva_shutdown", () -> ioPgfault.iopfQueueRemoveDevice(dev));
  }

  /** {@code arm_smmu_mm_alloc} of drivers/iommu/arm-smmu-v3.c: {@code NULL} but for stage 1. */
  @Override
  public ErrPtr<IoMm> mmAlloc(IommuDomain domain, MmStruct mm, int flags) {
    return engine.get(
        "arm_smmu_mm_alloc",
        () -> {
          if (((ArmSmmuDomain) domain).nested.get()
              || engine.shouldFail(FaultSite.MM_ALLOC, -Errno.ENOMEM, mm.name())) {
            return ErrPtr.of(null);
          }
          IoMm ioMm = engine.create(() -> new IoMm(engine));
          ioMm.nameIt(mm.name());
          return ErrPtr.of(ioMm);
        });
  }

  /** {@code arm_smmu_mm_free} of drivers/iommu/arm-smmu-v3.c. */
  @Override
  public void mmFree(IoMm ioMm) {
    engine.run("arm_smmu_mm_free", () -> ioMm.kfree());
  }

  /** {@code arm_smmu_mm_attach} of drivers/iommu/arm-smmu-v3.c. */
  @Override
  public int mmAttach(IommuDomain domain, Device dev, IoMm ioMm, boolean attachDomain) {
    return engine.call(
        "arm_smmu_mm_attach",
        () -> {
          ArmSmmuDomain smmuDomain = (ArmSmmuDomain) domain;
          if (smmuDomain.nested.get()) {
            return -Errno.EINVAL;
          }
          if (engine.shouldFail(FaultSite.MM_ATTACH, -Errno.ENODEV, dev.name(), ioMm.name())) {
            return -Errno.ENODEV;
          }
          if (attachDomain) {
            smmuDomain.pasidTable.write(ioMm.pasid.get(), ioMm.mm.deref());
          }
          return 0;
        });
  }

  /** {@code arm_smmu_mm_detach} of drivers/iommu/arm-smmu-v3.c. */
  @Override
  public void mmDetach(IommuDomain domain, Device dev, IoMm ioMm, boolean detachDomain) {
    engine.run(
        "arm_smmu_mm_detach",
        () -> {
          if (detachDomain) {
            ((ArmSmmuDomain) domain).pasidTable.clear(ioMm.pasid.get());
          }
        });
  }

  /** {@code arm_smmu_mm_invalidate} of drivers/iommu/arm-smmu-v3.c: an ATC has no state here. */
  @Override
  public void mmInvalidate(IommuDomain domain, Device dev, IoMm ioMm) {
    engine.run("arm_smmu_mm_invalidate", () -> {});
  }

  /**
   * Puts {@code group} into a default domain, as the kernel does when it finds the devices: before
   * anything else runs, so without locks.
   */
  public final void bootDefaultDomain(IommuGroup group) {
    ArmSmmuDomain domain = new ArmSmmuDomain(engine);
    domain.nameIt("default of " + group.name());
    domain.ops.set(this);
    domain.type.set(IommuConst.IOMMU_DOMAIN_DMA);
    domain.smmu.set(this);
    group.defaultDomain.set(domain);
    group.domain.set(domain);
    for (Device dev : group.devices()) {
      ArmSmmuMasterData master = dev.iommuPriv;
      master.steAssigned.set(true);
      master.domain.set(domain);
      domain.devices.add(master.list);
      master.ste.set(domain);
    }
  }
}
