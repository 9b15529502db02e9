package dev.mmexit.scenario;

import dev.mmexit.kernel.Errno;
import dev.mmexit.mm.FileOperations;
import dev.mmexit.mm.FilesStruct;
import dev.mmexit.mm.MmSubsystem;
import dev.mmexit.mm.OpenFile;
import dev.mmexit.mm.Task;
import dev.mmexit.scenario.format.Operation;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How operations get at containers that processes hold open: through the process's descriptor, or,
 * for the manager, with a reference to the file for as long as the operation takes.
 */
final class Descriptors {
  private final MmSubsystem mm;
  private final Objects objects;

  Descriptors(MmSubsystem mm, Objects objects) {
    this.mm = mm;
    this.objects = objects;
  }

  /**
   * Gives {@code task} a descriptor of the container, which {@code exec} closes.
   *
   * @param release what the end of the file does to the container
   */
  void open(ContainerFile container, Task task, FileOperations release) {
    FilesStruct files = task.files.get();
    if (files == null || mm.fdTable.fdget(files, container.fd()) != null) {
      return;
    }
    OpenFile file = container.filp();
    if (file == null) {
      file = mm.fileTable.allocFile(container.name(), release);
      container.opened(file);
    } else {
      mm.fileTable.getFile(file);
    }
    mm.fdTable.fdInstall(files, container.fd(), file);
  }

  /**
   * Carries an operation out as {@code task} and returns to user mode, where files are released
   * whose last reference the task has dropped.
   *
   * @param isProcess whether the task is a process of the scenario, and no manager
   */
  int syscall(Operation operation, Task task, boolean isProcess, IntSupplier body) {
    if (!objects.opensFiles()) {
      return body.getAsInt();
    }
    ContainerFile container = container(operation);
    OpenFile file = container == null ? null : container.filp();
    int result;
    if (container == null || file == null) {
      result = body.getAsInt();
    } else if (isProcess) {
      result = isOpen(task, container) ? body.getAsInt() : -Errno.EBADF;
    } else if (mm.fileTable.getFileRcu(file)) {
      result = body.getAsInt();
      mm.fileTable.fput(file);
    } else {
      result = -Errno.EINVAL;
    }
    mm.taskWork.tracehookNotifyResume(task);
    return result;
  }

  private boolean isOpen(Task task, ContainerFile container) {
    FilesStruct files = task.files.get();
    return files != null && mm.fdTable.fdget(files, container.fd()) != null;
  }

  /** The container whose file an operation goes through; null where it is about none. */
  private @Nullable ContainerFile container(Operation operation) {
    if (operation instanceof Operation.Attach attach) {
      return objects.container(attach.container());
    }
    if (operation instanceof Operation.Detach detach) {
      return objects.container(detach.container());
    }
    if (operation instanceof Operation.Bind bind) {
      return objects.container(bind.container());
    }
    if (operation instanceof Operation.SetContainer set) {
      return objects.container(set.container());
    }
    if (operation instanceof Operation.MapDma map) {
      return objects.container(map.container());
    }
    if (operation instanceof Operation.UnmapDma unmap) {
      return objects.container(unmap.container());
    }
    if (operation instanceof Operation.Pin pin) {
      return objects.container(pin.container());
    }
    return operation instanceof Operation.Unbind unbind
        ? objects.container(unbind.container())
        : null;
  }
}
