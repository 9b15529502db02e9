package dev.mmexit.mm;

import org.jspecify.annotations.Nullable;

/** Something that walks page tables and that no lock of the CPU's stops: the devices. */
public interface PageTableUser {
  /**
   * Who can reach {@code mm} at this moment, such as {@code D0 with PASID 1}; null for nobody.
   * Looks at memory unseen by the engine.
   */
  @Nullable String whoReaches(MmStruct mm);
}
