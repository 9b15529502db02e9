package dev.mmexit.scenario;

import dev.mmexit.iommu.IommuGroup;
import dev.mmexit.kernel.Errno;
import dev.mmexit.scenario.format.ContainerDecl;
import dev.mmexit.scenario.format.Operation;
import dev.mmexit.scenario.format.Scenario;
import dev.mmexit.scenario.format.Step;
import dev.mmexit.variant.KernelImage;
import dev.mmexit.vfio.Vfio;
import dev.mmexit.vfio.VfioContainer;
import dev.mmexit.vfio.VfioCoreGroup;
import dev.mmexit.vfio.VfioFile;
import dev.mmexit.vfio.VfioGroups;
import dev.mmexit.vfio.VfioIommuIoctl;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who uses the vfio layer: has open the file of each container that a {@code set-container} of the
 * scenario names, and that of each group that goes in and out of one. The files were opened before
 * anything happens, containers first, each in the order of declaration.
 */
final class VfioUser {
  private final Vfio vfio;
  private final Map<String, VfioFile<VfioContainer>> containers = new HashMap<>();
  private final Map<String, Integer> kinds = new HashMap<>();
  private final Map<String, VfioFile<VfioCoreGroup>> groups = new LinkedHashMap<>();

  /** The groups that are ever put into a container, by the container. */
  private final Map<String, List<String>> groupsOf = new HashMap<>();

  VfioUser(KernelImage image, Scenario scenario, Map<String, IommuGroup> iommuGroups) {
    vfio = image.vfio();
    for (ContainerDecl container : scenario.containers()) {
      List<String> theirs =
          iommuGroups.keySet().stream().filter(g -> sets(scenario, container.name(), g)).toList();
      if (!theirs.isEmpty()) {
        String name = container.name();
        groupsOf.put(name, theirs);
        containers.put(name, image.openContainer(name, closes(scenario, name)));
        kinds.put(
            name,
            container.nesting()
                ? VfioIommuIoctl.VFIO_TYPE1_NESTING_IOMMU
                : VfioIommuIoctl.VFIO_TYPE1V2_IOMMU);
      }
    }
    iommuGroups.forEach(
        (name, group) -> {
          boolean used = operations(scenario).anyMatch(operation -> uses(operation, name));
          if (used) {
            boolean closes =
                groupsOf.entrySet().stream()
                    .anyMatch(
                        entry ->
                            entry.getValue().contains(name) && closes(scenario, entry.getKey()));
            groups.put(name, image.openGroup(group, closes));
          }
        });
  }

  private static Stream<Operation> operations(Scenario scenario) {
    return Stream.concat(
            scenario.setup().stream(),
            scenario.threads().stream().flatMap(thread -> thread.steps().stream()))
        .map(Step::operation);
  }

  private static boolean sets(Scenario scenario, String container, String group) {
    return operations(scenario).anyMatch(new Operation.SetContainer(container, group)::equals);
  }

  private static boolean uses(Operation operation, String group) {
    return operation instanceof Operation.SetContainer set
        ? set.group().equals(group)
        : operation instanceof Operation.UnsetContainer unset && unset.group().equals(group);
  }

  /** Whether the files of {@code container} are ever closed. */
  private static boolean closes(Scenario scenario, String container) {
    return operations(scenario)
        .anyMatch(
            operation ->
                operation instanceof Operation.Close close
                    ? close.container().equals(container)
                    : operation instanceof Operation.Open open
                        && open.container().equals(container));
  }

  /** The file of a container; null where no {@code set-container} names it. */
  @Nullable VfioFile<VfioContainer> file(String container) {
    return containers.get(container);
  }

  /** ioctl {@code SET_CONTAINER}, and {@code SET_IOMMU} for the first group. */
  int setContainer(String container, String group) {
    VfioFile<VfioCoreGroup> file = groupFile(group);
    if (!file.fdget()) {
      return -Errno.EBADF;
    }
    int result = vfio.vfioGroupSetContainer(file.privateData.deref(), containerFile(container));
    file.fdput();
    return result == VfioGroups.FIRST_GROUP ? setIommu(container) : result;
  }

  private int setIommu(String container) {
    VfioFile<VfioContainer> file = containerFile(container);
    if (!file.fdget()) {
      return -Errno.EBADF;
    }
    int kind = kinds.getOrDefault(container, 0);
    int result = vfio.vfioIoctlSetIommu(file.privateData.deref(), kind);
    file.fdput();
    return result;
  }

  /** ioctl {@code UNSET_CONTAINER}. */
  int unsetContainer(String group) {
    VfioFile<VfioCoreGroup> file = groupFile(group);
    if (!file.fdget()) {
      return -Errno.EBADF;
    }
    int result = vfio.vfioGroupUnsetContainer(file.privateData.deref());
    file.fdput();
    return result;
  }

  /** An ioctl of a container that the vfio layer passes through to the driver. */
  int ioctl(VfioFile<VfioContainer> file, Vfio.DriverIoctl ioctl) {
    if (!file.fdget()) {
      return -Errno.EBADF;
    }
    int result = vfio.vfioFopsUnlIoctl(file, ioctl);
    file.fdput();
    return result;
  }

  /**
   * Closes the file of {@code container} and those of its groups, as the exit of a process does:
   * all leave the table, and then those are released that no system call uses, the newest first.
   *
   * @return {@code -EBADF} where the container's file was closed before
   */
  int close(String container) {
    List<VfioFile<?>> files = new ArrayList<>();
    files.add(containerFile(container));
    for (String group : groupsOf.getOrDefault(container, List.of())) {
      files.add(groupFile(group));
    }
    int result = 0;
    Deque<VfioFile<?>> taskWorks = new ArrayDeque<>();
    for (VfioFile<?> file : files) {
      int closed = file.closeFd();
      if (closed > 0) {
        taskWorks.push(file);
      } else if (file == files.get(0)) {
        result = closed;
      }
    }
    taskWorks.forEach(VfioFile::release);
    return result;
  }

  private VfioFile<VfioContainer> containerFile(String name) {
    return Objects.get(containers, name);
  }

  private VfioFile<VfioCoreGroup> groupFile(String name) {
    return Objects.get(groups, name);
  }
}
