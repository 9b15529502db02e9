package dev.mmexit.vfio;

import dev.mmexit.iommu.DmaIommu;
import dev.mmexit.iommu.Iommu;
import dev.mmexit.iommu.sva.IommuSva;
import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Errno;
import dev.mmexit.kernel.FaultSite;
import dev.mmexit.mm.MmStruct;
import dev.mmexit.mm.MmSubsystem;

/**
 * The part of drivers/vfio/vfio_iommu_type1.c that drivers of mediated devices call: they pin pages
 * of what a process has mapped, and are told when it goes away. What they pin is one page at a
 * time.
 */
public abstract class VfioIommuExternal extends VfioIommuDma {
  /** The functions, over those that they call. */
  protected VfioIommuExternal(
      Engine engine, MmSubsystem mmSubsystem, Iommu iommuCore, DmaIommu dmaIommu, IommuSva sva) {
    super(engine, mmSubsystem, iommuCore, dmaIommu, sva);
  }

  /**
   * {@code vfio_pin_page_external} of drivers/vfio/vfio_iommu_type1.c: the reference to the address
   * space is dropped with the container's lock held, and may be the last.
   */
  public int vfioPinPageExternal(VfioDma dma, boolean doAccounting) {
    return engine.call(
        "vfio_pin_page_external",
        () -> {
          MmStruct mm = mmSubsystem.fork.getTaskMm(dma.task.deref());
          if (mm == null) {
            return -Errno.ENODEV;
          }
          int ret = vaddrGetPfn(mm);
          if (ret == 0 && doAccounting) {
            ret = vfioLockAcct(dma, 1, true);
          }
          mmSubsystem.fork.mmput(mm);
          return ret;
        });
  }

  /** {@code vfio_unpin_page_external} of drivers/vfio/vfio_iommu_type1.c. */
  public int vfioUnpinPageExternal(VfioDma dma, int iova, boolean doAccounting) {
    return engine.call(
        "vfio_unpin_page_external",
        () -> {
          VfioPfn vpfn = vfioFindVpfn(dma, iova);
          if (vpfn == null) {
            return 0;
          }
          int unlocked = 0;
          if (vpfn.refCount.decAndTest()) {
            vpfn.node.del();
            vpfn.kfree();
            unlocked = 1;
          }
          if (doAccounting) {
            vfioLockAcct(dma, -unlocked, true);
          }
          return unlocked;
        });
  }

  /**
   * {@code vfio_iommu_type1_pin_pages} of drivers/vfio/vfio_iommu_type1.c. Pages are accounted for
   * by who pins them only while no domain has pinned them all.
   *
   * @return how many were pinned
   */
  public int vfioIommuType1PinPages(VfioIommu iommu, int iova) {
    return engine.call(
        "vfio_iommu_type1_pin_pages",
        () -> {
          if (!iommu.v2.get()) {
            return -Errno.EACCES;
          }
          iommu.lock.lock();
          int ret = pinWithLock(iommu, iova);
          iommu.lock.unlock();
          return ret;
        });
  }

  private int pinWithLock(VfioIommu iommu, int iova) {
    if (iommu.externalDomain.get() == null || iommu.notifier.isEmpty()) {
      return -Errno.EINVAL;
    }
    boolean doAccounting = iommu.domainList.isEmpty();
    VfioDma dma = vfioFindDma(iommu, iova);
    if (dma == null) {
      return -Errno.EINVAL;
    }
    VfioPfn pinned = vfioFindVpfn(dma, iova);
    if (pinned != null) {
      pinned.refCount.inc();
      return 1;
    }
    int ret = vfioPinPageExternal(dma, doAccounting);
    if (ret != 0) {
      return ret;
    }
    if (engine.shouldFail(FaultSite.KZALLOC, -Errno.ENOMEM, iommu.name(), dma.name())) {
      // Looks for the record that was not made, so that the page stays pinned.
      vfioUnpinPageExternal(dma, iova, doAccounting);
      return -Errno.ENOMEM;
    }
    VfioPfn vpfn = engine.create(() -> new VfioPfn(engine));
    vpfn.nameIt(dma.name());
    vpfn.iova.set(iova);
    dma.pfnList.add(vpfn.node);
    return 1;
  }

  /**
   * {@code vfio_iommu_type1_unpin_pages} of drivers/vfio/vfio_iommu_type1.c.
   *
   * @return how many were unpinned
   */
  public int vfioIommuType1UnpinPages(VfioIommu iommu, int iova) {
    return engine.call(
        "vfio_iommu_type1_unpin_pages",
        () -> {
          if (!iommu.v2.get()) {
            return -Errno.EACCES;
          }
          int ret = -Errno.EINVAL;
          iommu.lock.lock();
          if (iommu.externalDomain.get() != null) {
            boolean doAccounting = iommu.domainList.isEmpty();
            VfioDma dma = vfioFindDma(iommu, iova);
            if (dma != null) {
              vfioUnpinPageExternal(dma, iova, doAccounting);
              ret = 1;
            }
          }
          iommu.lock.unlock();
          return ret;
        });
  }

  /** {@code vfio_iommu_type1_register_notifier} of drivers/vfio/vfio_iommu_type1.c. */
  public int vfioIommuType1RegisterNotifier(VfioIommu iommu, MdevDriver driver) {
    return engine.call(
        "vfio_iommu_type1_register_notifier",
        () -> {
          iommu.notifierRwsem.downWrite();
          iommu.notifier.addTail(driver.node);
          iommu.notifierRwsem.upWrite();
          return 0;
        });
  }

  /** {@code vfio_iommu_type1_unregister_notifier} of drivers/vfio/vfio_iommu_type1.c. */
  public int vfioIommuType1UnregisterNotifier(VfioIommu iommu, MdevDriver driver) {
    return engine.call(
        "vfio_iommu_type1_unregister_notifier",
        () -> {
          int ret = -Errno.EINVAL;
          iommu.notifierRwsem.downWrite();
          for (MdevDriver listening : iommu.notifier.entries()) {
            if (listening == driver) {
              driver.node.del();
              ret = 0;
              break;
            }
          }
          iommu.notifierRwsem.upWrite();
          return ret;
        });
  }

  @Override
  protected void blockingNotifierCallChain(VfioIommu iommu, int iova) {
    engine.run(
        "blocking_notifier_call_chain",
        () -> {
          iommu.notifierRwsem.downRead();
          for (MdevDriver driver : iommu.notifier.entries()) {
            driver.notifierCall(this, iommu, iova);
          }
          iommu.notifierRwsem.upRead();
        });
  }

  /** {@code vfio_sanity_check_pfn_list} of drivers/vfio/vfio_iommu_type1.c. */
  public void vfioSanityCheckPfnList(VfioIommu iommu) {
    engine.run(
        "vfio_sanity_check_pfn_list",
        () -> {
          for (VfioDma dma : iommu.dmaList.entries()) {
            if (!dma.pfnList.isEmpty()) {
              engine.warn(dma, "a driver has left pages of " + dma.name() + " pinned");
              break;
            }
          }
          if (!iommu.notifier.isEmpty()) {
            engine.warn(iommu, "a driver still listens to " + iommu.name());
          }
        });
  }
}
