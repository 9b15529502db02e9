package dev.mmexit.scenario;

import dev.mmexit.iommu.Device;
import dev.mmexit.iommu.IommuGroup;
import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Errno;
import dev.mmexit.mm.MmStruct;
import dev.mmexit.mm.Task;
import dev.mmexit.scenario.format.Operation;
import dev.mmexit.scenario.format.Step;
import dev.mmexit.variant.KernelImage;
import dev.mmexit.vfio.MdevDriver;
import dev.mmexit.vfio.UserBind;
import dev.mmexit.vfio.VfioIommu;
import dev.mmexit.vfio.VfioIommuIoctl;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Carries out the operations of a scenario: as whom, and which function of the kernel. */
final class Operations {
  /** What user space gives that was told no PASID. */
  private static final int NO_PASID = 0;

  private final Engine engine;
  private final KernelImage image;
  private final Objects objects;
  private final Registers registers;
  private final Descriptors descriptors;
  private final DeviceOperations devices;

  Operations(Engine engine, KernelImage image, Objects objects, Registers registers) {
    this.engine = engine;
    this.image = image;
    this.objects = objects;
    this.registers = registers;
    descriptors = new Descriptors(image.mm(), objects);
    devices = new DeviceOperations(engine, image, objects);
  }

  /** Carries out {@code step} in the calling context; its result. */
  int perform(String thread, Step step) {
    String actor = Objects.actor(step);
    if (actor == null) {
      Task manager = objects.manager(thread);
      engine.current().runAs(manager);
      return descriptors.syscall(
          step.operation(), manager, false, () -> perform(step.operation(), null));
    }
    ScenarioProcess process = objects.process(actor);
    engine.current().runAs(process.task());
    process.begin();
    Task task = process.task();
    engine.current().runAs(task);
    int result;
    if (task == null || !process.isRunning()) {
      result = -Errno.ESRCH;
      neverMade(step.operation());
    } else {
      result =
          descriptors.syscall(
              step.operation(), task, true, () -> perform(step.operation(), process));
    }
    process.end();
    return result;
  }

  /** Whoever waits for a process that is not made can go on. */
  private void neverMade(Operation operation) {
    if (operation instanceof Operation.Fork fork) {
      objects.process(fork.child()).made(null);
    } else if (operation instanceof Operation.CloneVm clone) {
      objects.process(clone.task()).made(null);
    }
  }

  private int perform(Operation operation, @Nullable ScenarioProcess caller) {
    if (operation instanceof Operation.Attach attach) {
      VfioIommu iommu = objects.container(attach.container()).open();
      return iommu == null ? -Errno.EINVAL : attach(iommu, attach.group());
    }
    if (operation instanceof Operation.Detach detach) {
      VfioIommu iommu = objects.container(detach.container()).open();
      if (iommu == null) {
        return -Errno.EINVAL;
      }
      detach(iommu, detach.group());
      return 0;
    }
    if (operation instanceof Operation.Bind bind) {
      return bind(bind.container(), bind.process(), caller);
    }
    if (operation instanceof Operation.Unbind unbind) {
      return unbind(unbind.container(), unbind.process(), caller);
    }
    if (operation instanceof Operation.Exit exit) {
      return image.mm().exit.doExit(task(exit.process()));
    }
    if (operation instanceof Operation.Exec exec) {
      return exec(objects.process(exec.process()), task(exec.process()));
    }
    if (operation instanceof Operation.Fork fork) {
      return copy(task(fork.process()), objects.process(fork.child()), false);
    }
    if (operation instanceof Operation.CloneVm clone) {
      return copy(task(clone.process()), objects.process(clone.task()), true);
    }
    if (operation instanceof Operation.Open open) {
      return open(objects.container(open.container()), objects.process(open.process()).task());
    }
    if (operation instanceof Operation.Close close) {
      return objects.container(close.container()).close();
    }
    if (operation instanceof Operation.SetContainer set) {
      return objects.vfioUser().setContainer(set.container(), set.group());
    }
    if (operation instanceof Operation.UnsetContainer unset) {
      return objects.vfioUser().unsetContainer(unset.group());
    }
    if (operation instanceof Operation.Munmap munmap) {
      return image.mm().mmap.vmMunmap(task(munmap.process()).mm.deref());
    }
    if (operation instanceof Operation.Fault fault) {
      return fault(objects.device(fault.device()), fault.process());
    }
    if (operation instanceof Operation.MapDma map) {
      return devices.map(map);
    }
    if (operation instanceof Operation.UnmapDma unmap) {
      return devices.unmap(unmap);
    }
    if (operation instanceof Operation.Pin pin) {
      return devices.pin(pin);
    }
    if (operation instanceof Operation.Dma dma) {
      return dma(objects.device(dma.device()), dma.process());
    }
    if (operation instanceof Operation.Nop) {
      registers.nop();
      return 0;
    }
    // Every operation of the format is above.
    throw new IllegalArgumentException(operation.text());
  }

  private Task task(String process) {
    Task task = objects.process(process).task();
    if (task == null) {
      throw new IllegalStateException(process + " calls before it exists");
    }
    return task;
  }

  private int exec(ScenarioProcess process, Task task) {
    int result = image.mm().exec.doExecveatCommon(task, nextName(process));
    process.changedMm(task);
    return result;
  }

  /** The address spaces that a process gets one after the other: P0, P0', P0'' ... */
  private static String nextName(ScenarioProcess process) {
    MmStruct old = process.mm();
    boolean its = old != null && old.name().replace("'", "").equals(process.name());
    return old != null && its ? old.name() + "'" : process.name();
  }

  private int copy(Task parent, ScenarioProcess child, boolean cloneVm) {
    child.made(image.mm().copyProcess.copyProcess(parent, child.name(), child.pid(), cloneVm));
    return 0;
  }

  private int open(ContainerFile file, @Nullable Task task) {
    if (task == null) {
      return -Errno.ESRCH;
    }
    descriptors.open(file, task, file::close);
    return 0;
  }

  /** A mediated device is opened as soon as it can be: from then its driver listens. */
  private int attach(VfioIommu iommu, String group) {
    int result = image.type1().vfioIommuType1AttachGroup(iommu, objects.group(group));
    MdevDriver driver = objects.mdevDriver(group);
    if (result == 0 && driver != null) {
      image.type1().vfioIommuType1RegisterNotifier(iommu, driver);
    }
    return result;
  }

  /** A mediated device is closed before its group goes. */
  private void detach(VfioIommu iommu, String group) {
    MdevDriver driver = objects.mdevDriver(group);
    if (driver != null) {
      image.type1().vfioIommuType1UnregisterNotifier(iommu, driver);
    }
    image.type1().vfioIommuType1DetachGroup(iommu, objects.group(group));
  }

  private UserBind argument(String container, String process, @Nullable ScenarioProcess caller) {
    ScenarioProcess target = objects.process(process);
    return target == caller
        ? UserBind.ofCaller(engine, container, process)
        : UserBind.ofPid(engine, target.pid(), container, process);
  }

  /** User space gives the PASID that it was told last, which the code as posted does not read. */
  private int unbind(String container, String process, @Nullable ScenarioProcess caller) {
    UserBind argument = argument(container, process, caller);
    argument.setUserPasid(
        () ->
            image
                .mm()
                .globals
                .bus
                .atomically(
                    "PASID of " + process + " in " + container,
                    () -> registers.pasid(container, process).now().orElse(NO_PASID)));
    int result =
        objects
            .container(container)
            .ioctl(
                (type1, iommu) ->
                    type1.vfioIommuType1Ioctl(iommu, VfioIommuIoctl.VFIO_IOMMU_UNBIND, argument));
    argument.kfree();
    return result;
  }

  private int bind(String container, String process, @Nullable ScenarioProcess caller) {
    UserBind argument = argument(container, process, caller);
    int result =
        objects
            .container(container)
            .ioctl(
                (type1, iommu) ->
                    type1.vfioIommuType1Ioctl(iommu, VfioIommuIoctl.VFIO_IOMMU_BIND, argument));
    if (result == 0) {
      result = argument.pasid.now();
      registers.pasid(container, process).put(result);
    }
    argument.kfree();
    return result;
  }

  private int fault(Device device, String process) {
    int none = -1;
    int pasid =
        image
            .mm()
            .globals
            .bus
            .atomically(
                "page request of " + device.name(),
                () -> pasidOf(device.iommuGroup, process).orElse(none));
    return devices.fault(device, pasid == none ? OptionalInt.empty() : OptionalInt.of(pasid));
  }

  private int dma(Device device, String process) {
    return image
        .mm()
        .globals
        .bus
        .atomically(
            "dma of " + device.name(),
            () -> {
              OptionalInt pasid = pasidOf(device.iommuGroup, process);
              return pasid.isEmpty()
                  ? -Errno.EFAULT
                  : image.streamTable().dma(device, pasid.getAsInt(), this::numberOf);
            });
  }

  /** The PASID that the container of {@code group} was given for {@code process} last. */
  private OptionalInt pasidOf(IommuGroup group, String process) {
    OptionalInt any = OptionalInt.empty();
    for (ContainerFile file : objects.containers()) {
      OptionalInt pasid = registers.pasid(file.name(), process).now();
      VfioIommu iommu = file.now();
      if (iommu != null && iommu.groupsNow().contains(group)) {
        return pasid;
      }
      if (pasid.isPresent()) {
        any = pasid;
      }
    }
    return any;
  }

  private int numberOf(MmStruct mm) {
    for (ScenarioProcess process : objects.processes()) {
      if (process.mmSeenByDevice() == mm) {
        return process.number();
      }
    }
    return -Errno.EFAULT;
  }
}
