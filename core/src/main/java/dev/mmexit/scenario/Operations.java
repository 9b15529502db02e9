package dev.mmexit.scenario;

import dev.mmexit.iommu.Device;
import dev.mmexit.iommu.IommuGroup;
import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Errno;
import dev.mmexit.mm.MmStruct;
import dev.mmexit.scenario.format.Operation;
import dev.mmexit.scenario.format.Step;
import dev.mmexit.variant.KernelImage;
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

  Operations(Engine engine, KernelImage image, Objects objects, Registers registers) {
    this.engine = engine;
    this.image = image;
    this.objects = objects;
    this.registers = registers;
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
      return iommu == null
          ? -Errno.EINVAL
          : image.type1().vfioIommuType1AttachGroup(iommu, objects.group(attach.group()));
    }
    if (operation instanceof Operation.Detach detach) {
      VfioIommu iommu = objects.container(detach.container()).open();
      if (iommu == null) {
        return -Errno.EINVAL;
      }
      image.type1().vfioIommuType1DetachGroup(iommu, objects.group(detach.group()));
      return 0;
    }
    if (operation instanceof Operation.Bind bind) {
      return bind(bind.container(), bind.process(), caller);
    }
    if (operation instanceof Operation.Unbind unbind) {
      return ioctl(
          unbind.container(),
          VfioIommuIoctl.VFIO_IOMMU_UNBIND,
          argument(unbind.container(), unbind.process(), caller));
    }
    if (operation instanceof Operation.Exit exit) {
      return image.mm().exit.doExit(objects.process(exit.process()).task());
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

  private UserBind argument(String container, String process, @Nullable ScenarioProcess caller) {
    ScenarioProcess target = objects.process(process);
    return target == caller
        ? UserBind.ofCaller(engine, container, process)
        : UserBind.ofPid(engine, target.task().pid, container, process);
  }

  private int ioctl(String container, int command, UserBind argument) {
    int result =
        objects
            .container(container)
            .ioctl((type1, iommu) -> type1.vfioIommuType1Ioctl(iommu, command, argument));
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
