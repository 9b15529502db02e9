package dev.mmexit.variant;

import com.google.auto.service.AutoService;
import dev.mmexit.iommu.IoPgfault;
import dev.mmexit.iommu.Iommu;
import dev.mmexit.iommu.IommuBond;
import dev.mmexit.iommu.sva.IommuSva;
import dev.mmexit.kernel.Engine;
import dev.mmexit.mm.MmSubsystem;

/**
 * {@code io_mm_detach_locked} does not wait for a running {@code mm_exit}: the line with {@code
 * wait_event_lock_irq} is taken out, and nothing else.
 *
 * <p>Answers what that wait is for, as it is one half of the deadlock of exit and detach (finding
 * 1).
 *
 * <p>Expected: no such deadlock; instead a bond is freed while the exit is in its callback.
 */
@AutoService(Variant.class)
public final class NoWait extends Variant {
  @Override
  public String name() {
    return "no-wait";
  }

  @Override
  public String summary() {
    return "unbinding a device does not wait for a running mm_exit";
  }

  @Override
  public IommuSva iommuSva(Engine engine, MmSubsystem mm, Iommu iommu, IoPgfault ioPgfault) {
    return new IommuSva(engine, mm, iommu, ioPgfault) {
      @Override
      protected void waitForMmExit(IommuBond bond) {
        // Whoever is in mm_exit finds out by himself.
      }
    };
  }
}
