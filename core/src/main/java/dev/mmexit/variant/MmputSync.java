package dev.mmexit.variant;

import com.google.auto.service.AutoService;
import dev.mmexit.iommu.DmaIommu;
import dev.mmexit.iommu.Iommu;
import dev.mmexit.iommu.sva.IommuSva;
import dev.mmexit.kernel.Engine;
import dev.mmexit.mm.MmStruct;
import dev.mmexit.mm.MmSubsystem;
import dev.mmexit.vfio.VfioIommuType1;

/**
 * {@code vfio_iommu_replay_bind} drops its reference with {@code mmput}, where the patch uses
 * {@code mmput_async}.
 *
 * <p>Answers what the asynchronous put is for. The comment in the patch says: for the callback,
 * which would block on the mutex that the replay holds.
 *
 * <p>Expected: where the replay's reference is the last, the callback takes the container's lock in
 * the thread that holds it.
 *
 * <p>Found: so it is. Wherever an attach can meet an exit, {@code mmput} in the replay can be the
 * last one: {@code vfio_iommu_mm_exit} then takes the lock that its own thread has taken in {@code
 * vfio_iommu_type1_attach_group} ({@code lock-misuse}): it is that one sentence in all of the
 * scenarios, whether the exit is that of a process or of an old address space ({@code exec}), and
 * whether or not the attach succeeds. Nothing else changes, but that the thread is stuck before it
 * comes to what it shows otherwise in open-exit-vs-attach: there the worker, which has the last
 * reference with the code as posted, calls back while the container is released. The asynchronous
 * put is needed for as long as the callback takes the container's lock.
 */
@AutoService(Variant.class)
public final class MmputSync extends Variant {
  @Override
  public String name() {
    return "mmput-sync";
  }

  @Override
  public String summary() {
    return "replay_bind drops its reference with mmput and not with mmput_async";
  }

  @Override
  public VfioIommuType1 vfioIommuType1(
      Engine engine, MmSubsystem mm, Iommu iommu, DmaIommu dmaIommu, IommuSva sva) {
    return new VfioIommuType1(engine, mm, iommu, dmaIommu, sva) {
      @Override
      protected void replayPut(MmStruct mmStruct) {
        mmSubsystem.fork.mmput(mmStruct);
      }
    };
  }
}
