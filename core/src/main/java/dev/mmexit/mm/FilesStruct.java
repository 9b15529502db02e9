package dev.mmexit.mm;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Flag;
import dev.mmexit.kernel.Ref;
import dev.mmexit.kernel.SpinLock;
import dev.mmexit.kernel.Struct;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code struct files_struct} with its {@code struct fdtable}: the descriptors of one task. Tables
 * are not shared here, so that there is no {@code count}.
 */
public final class FilesStruct extends Struct {
  /** {@code file_lock}. */
  final SpinLock fileLock = spinLock("file_lock");

  private final List<Ref<OpenFile>> fd = new ArrayList<>();
  private final List<Flag> closeOnExec = new ArrayList<>();

  /** A table with room for the descriptors 0 to {@code maxFds - 1}. */
  public FilesStruct(Engine engine, int maxFds) {
    super(engine, "files_struct", "files");
    for (int i = 0; i < maxFds; i++) {
      fd.add(ref("fd[" + i + "]"));
      closeOnExec.add(flag("close_on_exec[" + i + "]"));
    }
  }

  /** {@code max_fds}. */
  int maxFds() {
    return fd.size();
  }

  Ref<OpenFile> fd(int number) {
    return fd.get(number);
  }

  Flag closeOnExec(int number) {
    return closeOnExec.get(number);
  }
}
