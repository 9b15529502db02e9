package dev.mmexit.mm;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Flag;
import dev.mmexit.kernel.Ref;
import dev.mmexit.kernel.RefCount;
import dev.mmexit.kernel.RwSemaphore;
import dev.mmexit.kernel.Struct;

/** {@code struct mm_struct}: an address space. */
public final class MmStruct extends Struct {
  public final RefCount mmUsers = refCount("mm_users", 1);
  public final RefCount mmCount = memoryCount("mm_count", 1);
  public final RwSemaphore mmapSem = rwSemaphore("mmap_sem");
  public final Ref<MmuNotifierMm> mmuNotifierMm = ref("mmu_notifier_mm");

  /** Whether {@code exit_mmap} has freed the page tables; only the hardware model looks at it. */
  public final Flag pageTablesFreed = flag("page_tables_freed");

  /** A new address space, named after its process. */
  public MmStruct(Engine engine, String process) {
    super(engine, "mm_struct", "mm");
    nameIt(process);
  }
}
