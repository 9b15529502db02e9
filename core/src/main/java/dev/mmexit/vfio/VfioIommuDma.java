package dev.mmexit.vfio;

import dev.mmexit.iommu.DmaIommu;
import dev.mmexit.iommu.Iommu;
import dev.mmexit.iommu.sva.IommuSva;
import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Errno;
import dev.mmexit.kernel.FaultSite;
import dev.mmexit.kernel.ListHead;
import dev.mmexit.mm.MmStruct;
import dev.mmexit.mm.MmSubsystem;
import dev.mmexit.mm.Task;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The part of drivers/vfio/vfio_iommu_type1.c that maps memory for DMA: the references to address
 * spaces that pinning and accounting take, and their locks. All but the two ioctls are called with
 * the container's lock held; release holds none. There are no page tables and no limit, so that
 * nothing of the IOMMU's fails.
 */
public abstract class VfioIommuDma extends VfioIommuSva {
  /** The functions, over those that they call. */
  protected VfioIommuDma(
      Engine engine, MmSubsystem mmSubsystem, Iommu iommuCore, DmaIommu dmaIommu, IommuSva sva) {
    super(engine, mmSubsystem, iommuCore, dmaIommu, sva);
  }

  /** {@code vfio_find_dma} of drivers/vfio/vfio_iommu_type1.c: of one page. */
  public @Nullable VfioDma vfioFindDma(VfioIommu iommu, int iova) {
    return engine.get(
        "vfio_find_dma",
        () -> {
          for (VfioDma dma : iommu.dmaList.entries()) {
            if (dma.iova.get() == iova) {
              return dma;
            }
          }
          return null;
        });
  }

  /** {@code vfio_link_dma} of drivers/vfio/vfio_iommu_type1.c. */
  public void vfioLinkDma(VfioIommu iommu, VfioDma dma) {
    engine.run(
        "vfio_link_dma",
        () -> {
          ListHead<VfioDma> successor = iommu.dmaList;
          for (VfioDma other : iommu.dmaList.entries()) {
            if (other.iova.get() > dma.iova.get()) {
              successor = other.node;
              break;
            }
          }
          successor.addTail(dma.node);
        });
  }

  /** {@code vfio_find_vpfn} of drivers/vfio/vfio_iommu_type1.c. */
  public @Nullable VfioPfn vfioFindVpfn(VfioDma dma, int iova) {
    return engine.get(
        "vfio_find_vpfn",
        () -> {
          for (VfioPfn vpfn : dma.pfnList.entries()) {
            if (vpfn.iova.get() == iova) {
              return vpfn;
            }
          }
          return null;
        });
  }

  /**
   * {@code vfio_lock_acct} of drivers/vfio/vfio_iommu_type1.c: {@code -ESRCH} where the task has no
   * address space any more. What is locked is not counted. Nobody is ever killed here.
   *
   * @param async whether to take a reference to the address space, which may then be the last: else
   *     the task is taken to be the caller's
   */
  public int vfioLockAcct(VfioDma dma, int npage, boolean async) {
    return engine.call(
        "vfio_lock_acct",
        () -> {
          if (npage == 0) {
            return 0;
          }
          Task task = dma.task.deref();
          MmStruct mm = async ? mmSubsystem.fork.getTaskMm(task) : task.mm.get();
          if (mm == null) {
            return -Errno.ESRCH;
          }
          mm.mmapSem.downWrite();
          mm.mmapSem.upWrite();
          if (async) {
            mmSubsystem.fork.mmput(mm);
          }
          return 0;
        });
  }

  /** {@code vaddr_get_pfn} of drivers/vfio/vfio_iommu_type1.c: makes a page present, for good. */
  public int vaddrGetPfn(MmStruct mm) {
    return engine.call(
        "vaddr_get_pfn",
        () -> {
          mm.mmapSem.downRead();
          mmSubsystem.memory.getUserPagesRemote(mm);
          mm.mmapSem.upRead();
          return 0;
        });
  }

  /**
   * {@code vfio_pin_pages_remote} of drivers/vfio/vfio_iommu_type1.c: pages of the caller,
   * accounted to who mapped them.
   *
   * @return how many
   */
  public int vfioPinPagesRemote(VfioDma dma) {
    return engine.call(
        "vfio_pin_pages_remote",
        () -> {
          Task current = mmSubsystem.current();
          MmStruct mm = current == null ? null : current.mm.get();
          if (mm == null) {
            return -Errno.ENODEV;
          }
          vaddrGetPfn(mm);
          int lockAcct = vfioFindVpfn(dma, dma.iova.get()) == null ? 1 : 0;
          int ret = vfioLockAcct(dma, lockAcct, false);
          return ret != 0 ? ret : 1;
        });
  }

  /**
   * {@code vfio_unmap_unpin} of drivers/vfio/vfio_iommu_type1.c.
   *
   * @return how many pages were not accounted for
   */
  public int vfioUnmapUnpin(VfioIommu iommu, VfioDma dma, boolean doAccounting) {
    return engine.call(
        "vfio_unmap_unpin",
        () -> {
          if (dma.size.get() == 0 || iommu.domainList.isEmpty()) {
            return 0;
          }
          int unlocked = dma.iommuMapped.get() ? dma.size.get() : 0;
          dma.iommuMapped.set(false);
          if (doAccounting) {
            vfioLockAcct(dma, -unlocked, true);
            return 0;
          }
          return unlocked;
        });
  }

  /** {@code vfio_remove_dma} of drivers/vfio/vfio_iommu_type1.c. */
  public void vfioRemoveDma(VfioIommu iommu, VfioDma dma) {
    engine.run(
        "vfio_remove_dma",
        () -> {
          vfioUnmapUnpin(iommu, dma, true);
          dma.node.del();
          dma.kfree();
        });
  }

  /** {@code vfio_pin_map_dma} of drivers/vfio/vfio_iommu_type1.c: removes what it cannot map. */
  public int vfioPinMapDma(VfioIommu iommu, VfioDma dma) {
    return engine.call(
        "vfio_pin_map_dma",
        () -> {
          int npage = vfioPinPagesRemote(dma);
          if (npage > 0) {
            dma.size.set(npage);
          }
          dma.iommuMapped.set(true);
          if (npage > 0) {
            return 0;
          }
          vfioRemoveDma(iommu, dma);
          return npage;
        });
  }

  /**
   * {@code vfio_dma_do_map} of drivers/vfio/vfio_iommu_type1.c: holds the container's lock while
   * pages are made present.
   */
  public int vfioDmaDoMap(VfioIommu iommu, int iova) {
    return engine.call(
        "vfio_dma_do_map",
        () -> {
          int ret = 0;
          iommu.lock.lock();
          if (vfioFindDma(iommu, iova) != null) {
            ret = -Errno.EEXIST;
          } else {
            Task current = Objects.requireNonNull(mmSubsystem.current());
            if (engine.shouldFail(FaultSite.KZALLOC, -Errno.ENOMEM, iommu.name(), current.name())) {
              iommu.lock.unlock();
              return -Errno.ENOMEM;
            }
            VfioDma dma = engine.create(() -> new VfioDma(engine));
            dma.nameIt(current.name());
            dma.iova.set(iova);
            dma.task.set(current);
            vfioLinkDma(iommu, dma);
            if (iommu.domainList.isEmpty()) {
              dma.size.set(1);
            } else {
              ret = vfioPinMapDma(iommu, dma);
            }
          }
          iommu.lock.unlock();
          return ret;
        });
  }

  /**
   * {@code vfio_dma_do_unmap} of drivers/vfio/vfio_iommu_type1.c: what a task with the caller's
   * address space has mapped. Where drivers have pinned pages they are told without the lock, and
   * then everything starts again; each call unpins one, so there is no end to the patience.
   */
  public int vfioDmaDoUnmap(VfioIommu iommu, int iova) {
    return engine.call(
        "vfio_dma_do_unmap",
        () -> {
          iommu.lock.lock();
          VfioDma dma = vfioFindDma(iommu, iova);
          while (dma != null && dma.task.deref().mm.get() == currentMm()) {
            if (!dma.pfnList.isEmpty()) {
              iommu.lock.unlock();
              blockingNotifierCallChain(iommu, iova);
              iommu.lock.lock();
            } else {
              vfioRemoveDma(iommu, dma);
            }
            dma = vfioFindDma(iommu, iova);
          }
          iommu.lock.unlock();
          return 0;
        });
  }

  private @Nullable MmStruct currentMm() {
    Task current = mmSubsystem.current();
    return current == null ? null : current.mm.get();
  }

  /** {@code blocking_notifier_call_chain} of kernel/notifier.c, of a range that goes away. */
  protected abstract void blockingNotifierCallChain(VfioIommu iommu, int iova);

  /** {@code vfio_iommu_unmap_unpin_all} of drivers/vfio/vfio_iommu_type1.c. */
  public void vfioIommuUnmapUnpinAll(VfioIommu iommu) {
    engine.run(
        "vfio_iommu_unmap_unpin_all",
        () -> {
          for (VfioDma dma = iommu.dmaList.first(); dma != null; dma = iommu.dmaList.first()) {
            vfioRemoveDma(iommu, dma);
          }
        });
  }

  /**
   * {@code vfio_iommu_unmap_unpin_reaccount} of drivers/vfio/vfio_iommu_type1.c: the ranges stay,
   * and of their pages only those that drivers have pinned are accounted for.
   */
  public void vfioIommuUnmapUnpinReaccount(VfioIommu iommu) {
    engine.run(
        "vfio_iommu_unmap_unpin_reaccount",
        () -> {
          for (VfioDma dma : iommu.dmaList.entries()) {
            int unlocked = vfioUnmapUnpin(iommu, dma, false);
            int locked = 0;
            for (VfioPfn vpfn = dma.pfnList.first();
                vpfn != null;
                vpfn = vpfn.node.nextEntry(dma.pfnList)) {
              locked++;
            }
            vfioLockAcct(dma, locked - unlocked, true);
          }
        });
  }

  /**
   * {@code vfio_iommu_replay} of drivers/vfio/vfio_iommu_type1.c: maps every range into a new
   * domain. Pages that no domain has are pinned in the caller's address space, and accounted to
   * that of who mapped them, to which there is no reference.
   */
  public int vfioIommuReplay(VfioIommu iommu) {
    return engine.call(
        "vfio_iommu_replay",
        () -> {
          for (VfioDma dma : iommu.dmaList.entries()) {
            if (!dma.iommuMapped.get()) {
              int npage = vfioPinPagesRemote(dma);
              if (npage <= 0) {
                return npage;
              }
            }
            dma.iommuMapped.set(true);
          }
          return 0;
        });
  }
}
