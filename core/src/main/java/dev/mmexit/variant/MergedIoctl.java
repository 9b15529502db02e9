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
import org.jspecify.annotations.Nullable;

/**
 * {@code vfio_iommu_type1_ioctl} has one block for BIND and UNBIND, with one copy of the header and
 * one set of checks, and tells the two commands apart at its end.
 *
 * <p>Asked in the review of the patch: can the two blocks be combined, as only the case statement
 * differs?
 *
 * <p>Expected: no difference.
 *
 * <p>Found: no difference whatever, not even in the number of states: see the document on the
 * reviewers' questions.
 */
@AutoService(Variant.class)
public final class MergedIoctl extends Variant {
  @Override
  public String name() {
    return "merged-ioctl";
  }

  @Override
  public String summary() {
    return "the BIND and UNBIND branches of the ioctl share their checks";
  }

  @Override
  public VfioIommuType1 vfioIommuType1(
      Engine engine, MmSubsystem mm, Iommu iommu, DmaIommu dmaIommu, IommuSva sva) {
    return new VfioIommuType1(engine, mm, iommu, dmaIommu, sva) {
      @Override
      public int vfioIommuType1Ioctl(@Nullable VfioIommu data, int cmd, UserBind arg) {
        return engine.call(
            "vfio_iommu_type1_ioctl",
            () -> {
              if (cmd != VFIO_IOMMU_BIND && cmd != VFIO_IOMMU_UNBIND) {
                return -Errno.ENOTTY;
              }
              VfioIommuType1Bind bind = engine.create(() -> new VfioIommuType1Bind(engine));
              int ret;
              if (copyBindFromUser(bind, arg) != 0) {
                ret = -Errno.EFAULT;
              } else if (bind.argsz.get() < SIZEOF_BIND
                  || bind.flags.get() != VFIO_IOMMU_BIND_PROCESS) {
                ret = -Errno.EINVAL;
              } else if (cmd == VFIO_IOMMU_BIND) {
                ret = vfioIommuType1BindProcess(data, arg, bind);
              } else {
                ret = vfioIommuType1UnbindProcess(data, arg, bind);
              }
              bind.kfree();
              return ret;
            });
      }
    };
  }
}
