package dev.mmexit.mm;

import dev.mmexit.kernel.Canonical;

/** {@code struct mmu_notifier_ops}. */
public interface MmuNotifierOps extends Canonical {
  /** The address space goes away. Called in a read section of SRCU; may sleep. */
  void release(MmuNotifier mn, MmStruct mm);

  /** A range of the address space has gone. Called in a read section of SRCU; must not sleep. */
  void invalidateRange(MmuNotifier mn, MmStruct mm);
}
