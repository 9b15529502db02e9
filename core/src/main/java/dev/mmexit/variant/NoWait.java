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
 *
 * <p>Found: so it is. The exit comes back from {@code mm_exit}, or has not come to it yet, and uses
 * the bond that the detach has freed, or the {@code sva_param} ({@code use-after-free} in
 * exit-vs-detach). Where the container is released behind the detach, the callback takes a lock in
 * freed memory (vfio-exit-vs-unset): the wait is all that keeps a container alive for a callback.
 * Where memory comes back, the callback is called with what another bond has, or with nothing
 * ({@code null-dereference} in slub-stale-fork). The deadlocks and the {@code dangling-translation}
 * of findings 1, 2 and 5 are gone; that of finding 16, which is about another wait, is not. The
 * release of a container waits as well, without its lock, so that no deadlock comes of it: of the
 * kinds there only {@code dangling-translation} goes, as the exit does not leave the bond to a
 * waiter any more but finds it ended (exit-vs-close). In conf-26, conf-31 and conf-41 there was a
 * {@code use-after-free} before; those of the freed bond are new there too.
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
