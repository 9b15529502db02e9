package dev.mmexit.vfio;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Errno;
import dev.mmexit.kernel.Ref;
import dev.mmexit.kernel.RefCount;
import dev.mmexit.kernel.SpinLock;
import dev.mmexit.kernel.Struct;
import java.util.function.Consumer;

/**
 * {@code struct file} of a container or a group, and its place in the table of files of the process
 * that uses VFIO. A system call holds a reference while it runs, so that the file is released by
 * whoever drops the last one.
 */
public final class VfioFile<T extends Struct> extends Struct {
  public final Ref<T> privateData = ref("private_data");
  private final Ref<VfioFile<T>> fd = ref("fd");
  private final SpinLock fileLock = spinLock("file_lock");
  private final RefCount fCount = refCount("f_count", 1);
  private final Engine engine;
  private final boolean closes;
  private final Consumer<VfioFile<T>> release;

  /**
   * An open file with nothing behind it yet.
   *
   * @param type the struct that {@code private_data} is to point at, for people
   * @param closes whether it is ever closed: only then can a reference of a system call be the last
   * @param release {@code f_op->release}
   */
  public VfioFile(
      Engine engine, String type, String name, boolean closes, Consumer<VfioFile<T>> release) {
    super(engine, "file of " + type, "filep", Storage.STATIC);
    nameIt(name);
    this.engine = engine;
    this.closes = closes;
    this.release = release;
    fd.set(this);
  }

  /** {@code fdget} of include/linux/file.h: false where the descriptor is closed. */
  public boolean fdget() {
    return !closes
        || engine.call("fdget", () -> fd.readOnce() != null && fCount.incNotZero() ? 1 : 0) != 0;
  }

  /**
   * {@code fdput} of include/linux/file.h. The release that a last put makes due runs when the
   * system call returns, which is next.
   */
  public void fdput() {
    if (closes) {
      engine.run(
          "fdput",
          () -> {
            if (fCount.decAndTest()) {
              release();
            }
          });
    }
  }

  /**
   * {@code __close_fd} of fs/file.c with the {@code fput}: takes the file out of the table.
   *
   * @return {@code -EBADF} where that was done before; 1 where the reference was the last, so that
   *     {@link #release} is due; else 0
   */
  public int closeFd() {
    return engine.call(
        "__close_fd",
        () -> {
          fileLock.lock();
          boolean open = fd.readOnce() != null;
          fd.writeOnce(null);
          fileLock.unlock();
          if (!open) {
            return -Errno.EBADF;
          }
          return fCount.decAndTest() ? 1 : 0;
        });
  }

  /** What {@code __fput} of fs/file_table.c does of interest: {@code f_op->release}. */
  public void release() {
    engine.run("__fput", () -> release.accept(this));
  }
}
