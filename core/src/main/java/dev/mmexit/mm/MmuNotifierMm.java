package dev.mmexit.mm;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.HlistHead;
import dev.mmexit.kernel.SpinLock;
import dev.mmexit.kernel.Struct;

/** {@code struct mmu_notifier_mm} of mm/mmu_notifier.c: the notifiers of one address space. */
public final class MmuNotifierMm extends Struct {
  public final HlistHead<MmuNotifier> list = hlistHead("list");
  public final SpinLock lock = spinLock("lock");

  MmuNotifierMm(Engine engine) {
    super(engine, "mmu_notifier_mm", "mmu_notifier_mm");
  }
}
