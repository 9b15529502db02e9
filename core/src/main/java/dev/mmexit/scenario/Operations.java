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
  private final Engine engine;
  private final KernelImage image;
  private final Objects objects;
  private final Registers registers;
  private final DeviceOperations devices;

  Operations(Engine engine, KernelImage image, Objects objects, Registers registers) {
    this.engine = engine;
    this.image = image;
    this.objects = objects;
    this.registers = registers;
    devices = new DeviceOperations(engine, image, objects);
  }

  /** Carries out {@code step} in the calling context; its result. */
  int perform(Step step) {
    String actor = Objects.actor(step);
    if (actor == null) {
      engine.current().runAs(objects.manager());
      return perform(step.operation(), null);
    }
    ScenarioProcess process = objects.process(actor);
    engine.current().runAs(process.task());
    process.begin();
    int result = process.hasExited() ? -Errno.ESRCH : perform(step.operation(), process);
    process.end();
    return result;
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
      return ioctl(
          unbind.container(), VfioIommuIoctl.VFIO_IOMMU_UNBIND, argument(unbind.process(), caller));
    }
    if (operation instanceof Operation.Exit exit) {
      return image.mm().exit.doExit(objects.process(exit.process()).task());
    }
    if (operation instanceof Operation.Close close) {
      return close(objects.container(close.container()));
    }
    if (operation instanceof Operation.Munmap munmap) {
      Task task = objects.process(munmap.process()).task();
      return image.mm().mmap.vmMunmap(task.mm.deref());
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
    // The format refuses what is not modelled yet.
    throw new IllegalArgumentException(operation.text());
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

  private UserBind argument(String process, @Nullable ScenarioProcess caller) {
    ScenarioProcess target = objects.process(process);
    return target == caller ? UserBind.ofCaller(engine) : UserBind.ofPid(engine, target.task().pid);
  }

  private int ioctl(String container, int command, UserBind argument) {
    VfioIommu iommu = objects.container(container).open();
    int result =
        iommu == null ? -Errno.EINVAL : image.type1().vfioIommuType1Ioctl(iommu, command, argument);
    argument.kfree();
    return result;
  }

  private int bind(String container, String process, @Nullable ScenarioProcess caller) {
    VfioIommu iommu = objects.container(container).open();
    UserBind argument = argument(process, caller);
    int result =
        iommu == null
            ? -Errno.EINVAL
            : image.type1().vfioIommuType1Ioctl(iommu, VfioIommuIoctl.VFIO_IOMMU_BIND, argument);
    if (result == 0) {
      result = argument.pasid.now();
      registers.pasid(container, process).put(result);
    }
    argument.kfree();
    return result;
  }

  private int close(ContainerFile file) {
    VfioIommu iommu = file.open();
    if (iommu == null) {
      return -Errno.EINVAL;
    }
    image.type1().vfioIommuType1Release(iommu);
    file.release();
    return 0;
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
      if (process.mm() == mm) {
        return process.number();
      }
    }
    return -Errno.EFAULT;
  }
}
