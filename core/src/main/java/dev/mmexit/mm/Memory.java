package dev.mmexit.mm;

import dev.mmexit.kernel.Engine;

/** mm/memory.c and mm/gup.c: making pages present, for whoever holds {@code mmap_sem}. */
public final class Memory {
  private final MmSubsystem sub;
  private final Engine engine;

  Memory(MmSubsystem sub) {
    this.sub = sub;
    engine = sub.engine;
  }

  /**
   * {@code handle_mm_fault} of mm/memory.c, of a page that is copied on write: the one that the
   * notifiers hear of, as the old page is in use no longer.
   */
  public void handleMmFault(MmStruct mm) {
    engine.run(
        "handle_mm_fault",
        () -> {
          if (mm.mmuNotifierMm.get() != null) {
            sub.mmuNotifiers.__mmuNotifierInvalidateRange(mm);
          }
        });
  }

  /** {@code get_user_pages_remote} of mm/gup.c: pages are made present as by their user. */
  public void getUserPagesRemote(MmStruct mm) {
    engine.run("get_user_pages_remote", () -> handleMmFault(mm));
  }
}
