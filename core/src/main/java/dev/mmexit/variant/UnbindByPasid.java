package dev.mmexit.variant;

import com.google.auto.service.AutoService;
import dev.mmexit.iommu.DmaIommu;
import dev.mmexit.iommu.Iommu;
import dev.mmexit.iommu.sva.IommuSva;
import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Errno;
import dev.mmexit.mm.MmSubsystem;
import dev.mmexit.vfio.UserBind;
import dev.mmexit.vfio.VfioIommu;
import dev.mmexit.vfio.VfioIommuType1;
import dev.mmexit.vfio.VfioIommuType1Bind;
import dev.mmexit.vfio.VfioIommuType1BindProcess;
import dev.mmexit.vfio.VfioMm;
import org.jspecify.annotations.Nullable;

/**
 * {@code vfio_iommu_type1_unbind_process} looks its record up by the PASID that user space gives,
 * and by nothing else: it neither asks for the process nor takes a reference to its address space.
 *
 * <p>Answers a comment in the patch, which says why it does not: the process might have died and
 * its PASID have been given to another. User space gives the PASID that the last successful BIND of
 * the process to the container has returned, or 0.
 *
 * <p>Expected: UNBIND of a process that has exited unbinds whoever has its PASID now. And as UNBIND
 * has no reference, the callback may be running for the bonds that it ends.
 *
 * <p>Found: both. In exit-bind-unbind-reuse the wrong process is unbound. Wherever UNBIND meets an
 * exit, it waits for the callback with the container's lock held ({@code deadlock}): the reference
 * that UNBIND takes is what keeps the code as posted from finding 1 there. In bind-denied and
 * clone-exec-dma the final condition no longer holds: whoever may use the container can unbind
 * processes that he could not trace, and a process that no PID leads to any more. In
 * bind-vs-bind-2c-eexist user space cannot unbind what it has not been told the PASID of.
 */
@AutoService(Variant.class)
public final class UnbindByPasid extends Variant {
  @Override
  public String name() {
    return "unbind-by-pasid";
  }

  @Override
  public String summary() {
    return "UNBIND looks the record up by its PASID and never looks at the process";
  }

  @Override
  public VfioIommuType1 vfioIommuType1(
      Engine engine, MmSubsystem mm, Iommu iommu, DmaIommu dmaIommu, IommuSva sva) {
    return new VfioIommuType1(engine, mm, iommu, dmaIommu, sva) {
      @Override
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
              int ret = copyParamsFromUser(params, arg) != 0 ? -Errno.EFAULT : 0;
              if (ret == 0 && (params.flags.get() & ~VFIO_IOMMU_BIND_PID) != 0) {
                ret = -Errno.EINVAL;
              }
              if (ret == 0) {
                params.pasid.set(arg.userPasid());
                ret = unbind(deref(data), params.pasid.get());
              }
              params.kfree();
              return ret;
            });
      }

      private int unbind(VfioIommu iommu, int pasid) {
        int ret = -Errno.ESRCH;
        iommu.lock.lock();
        for (VfioMm vfioMm : iommu.mmList.entries()) {
          if (vfioMm.pasid.get() == pasid) {
            vfioIommuUnbind(iommu, vfioMm);
            vfioMm.next.del();
            vfioMm.kfree();
            ret = 0;
            break;
          }
        }
        iommu.lock.unlock();
        return ret;
      }
    };
  }
}
