package dev.mmexit.vfio;

import dev.mmexit.iommu.DmaIommu;
import dev.mmexit.iommu.Iommu;
import dev.mmexit.iommu.IommuConst;
import dev.mmexit.iommu.sva.IommuSva;
import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.ErrPtr;
import dev.mmexit.kernel.Errno;
import dev.mmexit.kernel.FaultSite;
import dev.mmexit.kernel.FindingKind;
import dev.mmexit.kernel.KernelBug;
import dev.mmexit.mm.MmStruct;
import dev.mmexit.mm.MmSubsystem;
import dev.mmexit.mm.Task;
import org.jspecify.annotations.Nullable;

/** The part of drivers/vfio/vfio_iommu_type1.c behind the ioctls of the patch. */
@SuppressWarnings("LabelledBreakTarget") // labels stand for those of C
public abstract class VfioIommuIoctl extends VfioIommuExternal {
  /** {@code VFIO_CHECK_EXTENSION}. */
  public static final int VFIO_CHECK_EXTENSION = 0x3b00 + 100 + 1;

  /** {@code VFIO_IOMMU_MAP_DMA}. */
  public static final int VFIO_IOMMU_MAP_DMA = 0x3b00 + 100 + 13;

  /** {@code VFIO_IOMMU_UNMAP_DMA}. */
  public static final int VFIO_IOMMU_UNMAP_DMA = 0x3b00 + 100 + 14;

  /** {@code VFIO_IOMMU_BIND}. */
  public static final int VFIO_IOMMU_BIND = 0x3b00 + 100 + 22;

  /** {@code VFIO_IOMMU_UNBIND}. */
  public static final int VFIO_IOMMU_UNBIND = 0x3b00 + 100 + 23;

  /** {@code VFIO_TYPE1_IOMMU}. */
  public static final int VFIO_TYPE1_IOMMU = 1;

  /** {@code VFIO_TYPE1v2_IOMMU}. */
  public static final int VFIO_TYPE1V2_IOMMU = 3;

  /** {@code VFIO_DMA_CC_IOMMU}: whether DMA is cache coherent. */
  public static final int VFIO_DMA_CC_IOMMU = 4;

  /** {@code VFIO_TYPE1_NESTING_IOMMU}. */
  public static final int VFIO_TYPE1_NESTING_IOMMU = 6;

  /** {@code VFIO_IOMMU_BIND_PROCESS}: the outer flag. */
  public static final int VFIO_IOMMU_BIND_PROCESS = 1 << 0;

  /** {@code VFIO_IOMMU_BIND_PID}: the inner flag. */
  public static final int VFIO_IOMMU_BIND_PID = 1 << 0;

  /** The size of the outer struct. */
  protected static final int SIZEOF_BIND = 8;

  /** The functions, over those that they call. */
  protected VfioIommuIoctl(
      Engine engine, MmSubsystem mmSubsystem, Iommu iommuCore, DmaIommu dmaIommu, IommuSva sva) {
    super(engine, mmSubsystem, iommuCore, dmaIommu, sva);
  }

  /**
   * {@code vfio_iommu_type1_ioctl} of drivers/vfio/vfio_iommu_type1.c for commands whose argument
   * is a number.
   *
   * @param iommu {@code NULL} where the container has no driver yet
   */
  public int vfioIommuType1Ioctl(@Nullable VfioIommu iommu, int cmd, int arg) {
    return engine.call(
        "vfio_iommu_type1_ioctl",
        () -> {
          if (cmd != VFIO_CHECK_EXTENSION) {
            return -Errno.ENOTTY;
          }
          return switch (arg) {
            case VFIO_TYPE1_IOMMU, VFIO_TYPE1V2_IOMMU, VFIO_TYPE1_NESTING_IOMMU -> 1;
            case VFIO_DMA_CC_IOMMU -> iommu == null ? 0 : vfioDomainsHaveIommuCache(iommu);
            default -> 0;
          };
        });
  }

  /**
   * {@code vfio_domains_have_iommu_cache} of drivers/vfio/vfio_iommu_type1.c: 1 where every domain
   * has cache coherent DMA.
   */
  public int vfioDomainsHaveIommuCache(VfioIommu iommu) {
    return engine.call(
        "vfio_domains_have_iommu_cache",
        () -> {
          int ret = 1;
          iommu.lock.lock();
          for (VfioDomain domain : iommu.domainList.entries()) {
            if ((domain.prot.get() & IommuConst.IOMMU_CACHE) == 0) {
              ret = 0;
              break;
            }
          }
          iommu.lock.unlock();
          return ret;
        });
  }

  /**
   * {@code vfio_iommu_type1_ioctl} of drivers/vfio/vfio_iommu_type1.c, of which the other commands
   * are left out.
   *
   * @param data {@code NULL} where the vfio layer read it while the container got or lost its
   *     driver
   */
  public int vfioIommuType1Ioctl(@Nullable VfioIommu data, int cmd, UserBind arg) {
    return engine.call(
        "vfio_iommu_type1_ioctl",
        () -> {
          if (cmd == VFIO_IOMMU_BIND) {
            VfioIommuType1Bind bind = engine.create(() -> new VfioIommuType1Bind(engine));
            int ret;
            if (copyBindFromUser(bind, arg) != 0) {
              ret = -Errno.EFAULT;
            } else if (bind.argsz.get() < SIZEOF_BIND
                || bind.flags.get() != VFIO_IOMMU_BIND_PROCESS) {
              ret = -Errno.EINVAL;
            } else {
              ret = vfioIommuType1BindProcess(data, arg, bind);
            }
            bind.kfree();
            return ret;
          } else if (cmd == VFIO_IOMMU_UNBIND) {
            VfioIommuType1Bind bind = engine.create(() -> new VfioIommuType1Bind(engine));
            int ret;
            if (copyBindFromUser(bind, arg) != 0) {
              ret = -Errno.EFAULT;
            } else if (bind.argsz.get() < SIZEOF_BIND
                || bind.flags.get() != VFIO_IOMMU_BIND_PROCESS) {
              ret = -Errno.EINVAL;
            } else {
              ret = vfioIommuType1UnbindProcess(data, arg, bind);
            }
            bind.kfree();
            return ret;
          }
          return -Errno.ENOTTY;
        });
  }

  /**
   * {@code vfio_iommu_type1_ioctl} of drivers/vfio/vfio_iommu_type1.c, with {@code
   * VFIO_IOMMU_MAP_DMA} or {@code VFIO_IOMMU_UNMAP_DMA}. What was unmapped is not said.
   *
   * @param data as for the other commands
   */
  public int vfioIommuType1Ioctl(@Nullable VfioIommu data, int cmd, UserDma arg) {
    return engine.call(
        "vfio_iommu_type1_ioctl",
        () -> {
          boolean map = cmd == VFIO_IOMMU_MAP_DMA;
          if (!map && cmd != VFIO_IOMMU_UNMAP_DMA) {
            return -Errno.ENOTTY;
          }
          VfioIommuType1DmaMap dma = engine.create(() -> new VfioIommuType1DmaMap(engine));
          int ret;
          if (copyDmaFromUser(dma, arg) != 0) {
            ret = -Errno.EFAULT;
          } else if (dma.argsz.get() < UserDma.size(map)
              || (dma.flags.get() & ~UserDma.flags(map)) != 0) {
            ret = -Errno.EINVAL;
          } else if (map) {
            ret = vfioDmaDoMap(deref(data), dma.iova.get());
          } else {
            ret = vfioDmaDoUnmap(deref(data), dma.iova.get());
          }
          dma.kfree();
          return ret;
        });
  }

  /**
   * {@code vfio_iommu_type1_bind_process} of drivers/vfio/vfio_iommu_type1.c: binds every group, or
   * only says the PASID of an address space that is listed. The reference to the address space is
   * dropped without the lock, and may be the last.
   */
  public int vfioIommuType1BindProcess(
      @Nullable VfioIommu data, UserBind arg, VfioIommuType1Bind bind) {
    return engine.call(
        "vfio_iommu_type1_bind_process",
        () -> {
          if (bind.argsz.get() < UserBind.SIZE) {
            return -Errno.EINVAL;
          }
          VfioIommuType1BindProcess params =
              engine.create(() -> new VfioIommuType1BindProcess(engine));
          ErrPtr<MmStruct> found = mmOfParams(params, arg);
          MmStruct mm = found.pointer();
          if (mm == null) {
            params.kfree();
            return found.error();
          }
          int ret;
          VfioIommu iommu = deref(data);
          iommu.lock.lock();
          outUnlock:
          {
            if (iommu.domainList.isEmpty()) {
              ret = -Errno.EINVAL;
              break outUnlock;
            }
            VfioMm listed = findVfioMm(iommu, mm);
            if (listed != null) {
              params.pasid.set(listed.pasid.get());
              ret = copyParamsToUser(arg, params) != 0 ? -Errno.EFAULT : 0;
              break outUnlock;
            }
            if (engine.shouldFail(FaultSite.KZALLOC, -Errno.ENOMEM, iommu.name(), mm.name())) {
              ret = -Errno.ENOMEM;
              break outUnlock;
            }
            VfioMm vfioMm = kzallocVfioMm(mm);
            outUnbind:
            {
              for (VfioDomain domain : iommu.domainList.entries()) {
                for (VfioGroup group : domain.groupList.entries()) {
                  ret = vfioIommuBindGroup(iommu, group, vfioMm);
                  if (ret != 0) {
                    break outUnbind;
                  }
                }
              }
              listVfioMm(iommu, vfioMm);
              params.pasid.set(vfioMm.pasid.get());
              ret = copyParamsToUser(arg, params) != 0 ? -Errno.EFAULT : 0;
              if (ret == 0) {
                break outUnlock;
              }
              unlistVfioMm(iommu, vfioMm);
            }
            vfioIommuUnbind(iommu, vfioMm);
            freeVfioMm(vfioMm);
          }
          iommu.lock.unlock();
          mmSubsystem.fork.mmput(mm);
          params.kfree();
          return ret;
        });
  }

  /** {@code vfio_iommu_type1_unbind_process} of drivers/vfio/vfio_iommu_type1.c. */
  public int vfioIommuType1UnbindProcess(
      @Nullable VfioIommu data, UserBind arg, VfioIommuType1Bind bind) {
    return engine.call(
        "vfio_iommu_type1_unbind_process",
        () -> {
          if (bind.argsz.get() < UserBind.SIZE) {
            return -Errno.EINVAL;
          }
          VfioIommuType1BindProcess params =
              engine.create(() -> new VfioIommuType1BindProcess(engine));
          ErrPtr<MmStruct> found = mmOfParams(params, arg);
          MmStruct mm = found.pointer();
          if (mm == null) {
            params.kfree();
            return found.error();
          }
          int ret = -Errno.ESRCH;
          VfioIommu iommu = deref(data);
          iommu.lock.lock();
          VfioMm vfioMm = findVfioMm(iommu, mm);
          if (vfioMm != null) {
            vfioIommuUnbind(iommu, vfioMm);
            unlistVfioMm(iommu, vfioMm);
            freeVfioMm(vfioMm);
            ret = 0;
          }
          iommu.lock.unlock();
          mmSubsystem.fork.mmput(mm);
          params.kfree();
          return ret;
        });
  }

  /** The first use of a field of {@code iommu}, which the vfio layer has read. */
  protected final VfioIommu deref(@Nullable VfioIommu iommu) {
    if (iommu == null) {
      throw KernelBug.of(
          FindingKind.NULL_DEREFERENCE,
          null,
          "iommu is NULL and iommu->lock is taken in " + engine.here());
    }
    return iommu;
  }

  /** What both begin with: the parameters, and a reference to the address space that they name. */
  private ErrPtr<MmStruct> mmOfParams(VfioIommuType1BindProcess params, UserBind arg) {
    if (copyParamsFromUser(params, arg) != 0) {
      return ErrPtr.error(-Errno.EFAULT);
    }
    int flags = params.flags.get();
    if ((flags & ~VFIO_IOMMU_BIND_PID) != 0) {
      return ErrPtr.error(-Errno.EINVAL);
    }
    if ((flags & VFIO_IOMMU_BIND_PID) != 0) {
      return vfioIommuGetMmByVpid(params.pid.get());
    }
    Task current = mmSubsystem.current();
    MmStruct mm = current == null ? null : mmSubsystem.fork.getTaskMm(current);
    return mm == null ? ErrPtr.error(-Errno.EINVAL) : ErrPtr.of(mm);
  }

  /** {@code vfio_iommu_get_mm_by_vpid} of drivers/vfio/vfio_iommu_type1.c. */
  public ErrPtr<MmStruct> vfioIommuGetMmByVpid(int vpid) {
    return engine.get(
        "vfio_iommu_get_mm_by_vpid",
        () -> {
          Task task = mmSubsystem.pid.findGetTaskByVpid(vpid);
          if (task == null) {
            return ErrPtr.error(-Errno.ESRCH);
          }
          ErrPtr<MmStruct> mm = mmSubsystem.fork.mmAccess(task);
          return mm.isErr() || mm.pointer() != null ? mm : ErrPtr.error(-Errno.ESRCH);
        });
  }

  /** {@code copy_from_user} of the outer struct: not 0 where it faults. */
  protected int copyBindFromUser(VfioIommuType1Bind to, UserBind from) {
    return engine.call(
        "copy_from_user",
        () -> {
          if (from.headerUnmapped.get()
              || engine.shouldFail(FaultSite.COPY_FROM_USER, -Errno.EFAULT, from.about())) {
            return SIZEOF_BIND;
          }
          to.argsz.set(from.argsz.get());
          to.flags.set(from.flags.get());
          return 0;
        });
  }

  /** {@code copy_from_user} of the argument of a mapping: not 0 where it faults. */
  protected int copyDmaFromUser(VfioIommuType1DmaMap to, UserDma from) {
    return engine.call(
        "copy_from_user",
        () -> {
          if (from.unmapped.get()
              || engine.shouldFail(FaultSite.COPY_FROM_USER, -Errno.EFAULT, from.about())) {
            return UserDma.SIZE;
          }
          to.argsz.set(from.argsz.get());
          to.flags.set(from.flags.get());
          to.iova.set(from.iova.get());
          return 0;
        });
  }

  /** {@code copy_from_user} of the inner struct: not 0 where it faults. */
  protected int copyParamsFromUser(VfioIommuType1BindProcess to, UserBind from) {
    return engine.call(
        "copy_from_user",
        () -> {
          if (from.dataUnmapped.get()
              || engine.shouldFail(FaultSite.COPY_FROM_USER, -Errno.EFAULT, from.about())) {
            return UserBind.SIZE - SIZEOF_BIND;
          }
          to.flags.set(from.processFlags.get());
          to.pasid.set(from.pasid.get());
          to.pid.set(from.pid.get());
          return 0;
        });
  }

  /** {@code copy_to_user} of the inner struct: not 0 where it faults. */
  protected int copyParamsToUser(UserBind to, VfioIommuType1BindProcess from) {
    return engine.call(
        "copy_to_user",
        () -> {
          if (to.dataUnmapped.get()
              || to.dataReadOnly.get()
              || engine.shouldFail(FaultSite.COPY_TO_USER, -Errno.EFAULT, to.about())) {
            return UserBind.SIZE - SIZEOF_BIND;
          }
          to.processFlags.set(from.flags.get());
          to.pasid.set(from.pasid.get());
          to.pid.set(from.pid.get());
          return 0;
        });
  }
}
