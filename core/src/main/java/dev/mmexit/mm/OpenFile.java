package dev.mmexit.mm;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.RefCount;

/** {@code struct file}: what descriptors stand for. */
public final class OpenFile extends CallbackHead {
  public final RefCount fCount = refCount("f_count", 1);

  /** {@code f_op}; never changes. */
  public final FileOperations fOp;

  private final FileTable fileTable;

  OpenFile(Engine engine, String name, FileOperations fOp, FileTable fileTable) {
    super(engine, "file", "file");
    nameIt(name);
    this.fOp = fOp;
    this.fileTable = fileTable;
  }

  @Override
  void func() {
    fileTable.____fput(this);
  }
}
