package dev.mmexit.mm;

import dev.mmexit.kernel.Engine;
import org.jspecify.annotations.Nullable;

/** fs/file.c, and {@code filp_close} of fs/open.c: the descriptors of a task. */
public final class FdTable {
  private final MmSubsystem sub;
  private final Engine engine;

  FdTable(MmSubsystem sub) {
    this.sub = sub;
    engine = sub.engine;
  }

  /**
   * {@code fd_install} of fs/file.c, of a descriptor that {@code exec} closes; the table takes over
   * the caller's reference.
   */
  public void fdInstall(FilesStruct files, int fd, OpenFile file) {
    engine.run(
        "fd_install",
        () -> {
          files.fd(fd).set(file);
          files.closeOnExec(fd).set(true);
        });
  }

  /**
   * {@code fdget} of include/linux/file.h, in a task that does not share its table: no reference is
   * taken, as nobody else could close the descriptor meanwhile. Null for one that is not open.
   */
  public @Nullable OpenFile fdget(FilesStruct files, int fd) {
    return engine.get("fdget", () -> files.fd(fd).get());
  }

  /** {@code dup_fd} of fs/file.c: a copy of the table, with a reference to each file. */
  public FilesStruct dupFd(FilesStruct oldf) {
    return engine.get(
        "dup_fd",
        () -> {
          FilesStruct newf = engine.create(() -> new FilesStruct(engine, oldf.maxFds()));
          oldf.fileLock.lock();
          for (int i = 0; i < oldf.maxFds(); i++) {
            OpenFile file = oldf.fd(i).get();
            if (file != null) {
              sub.fileTable.getFile(file);
              newf.fd(i).set(file);
              newf.closeOnExec(i).set(oldf.closeOnExec(i).get());
            }
          }
          oldf.fileLock.unlock();
          return newf;
        });
  }

  /** {@code do_close_on_exec} of fs/file.c: one file after the other, each without the lock. */
  public void doCloseOnExec(FilesStruct files) {
    engine.run(
        "do_close_on_exec",
        () -> {
          files.fileLock.lock();
          for (int i = 0; i < files.maxFds(); i++) {
            if (!files.closeOnExec(i).get()) {
              continue;
            }
            files.closeOnExec(i).set(false);
            OpenFile file = files.fd(i).get();
            if (file != null) {
              files.fd(i).set(null);
              files.fileLock.unlock();
              filpClose(file);
              files.fileLock.lock();
            }
          }
          files.fileLock.unlock();
        });
  }

  /** {@code exit_files} of fs/file.c: the task has no table from here. */
  public void exitFiles(Task tsk) {
    engine.run(
        "exit_files",
        () -> {
          FilesStruct files = tsk.files.get();
          if (files != null) {
            tsk.allocLock.lock();
            tsk.files.set(null);
            tsk.allocLock.unlock();
            putFilesStruct(files);
          }
        });
  }

  /** {@code put_files_struct} of fs/file.c, whose reference is always the only one here. */
  public void putFilesStruct(FilesStruct files) {
    engine.run(
        "put_files_struct",
        () -> {
          closeFiles(files);
          files.kfree();
        });
  }

  /** {@code close_files} of fs/file.c: takes no lock, as nobody else can find the table. */
  public void closeFiles(FilesStruct files) {
    engine.run(
        "close_files",
        () -> {
          for (int i = 0; i < files.maxFds(); i++) {
            OpenFile file = files.fd(i).get();
            if (file != null) {
              files.fd(i).set(null);
              filpClose(file);
            }
          }
        });
  }

  /** {@code filp_close} of fs/open.c. */
  public void filpClose(OpenFile file) {
    engine.run("filp_close", () -> sub.fileTable.fput(file));
  }
}
