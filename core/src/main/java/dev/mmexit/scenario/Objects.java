package dev.mmexit.scenario;

import dev.mmexit.iommu.Device;
import dev.mmexit.iommu.IommuGroup;
import dev.mmexit.kernel.Engine;
import dev.mmexit.mm.FilesStruct;
import dev.mmexit.mm.MmStruct;
import dev.mmexit.mm.Task;
import dev.mmexit.scenario.format.ContainerDecl;
import dev.mmexit.scenario.format.GroupDecl;
import dev.mmexit.scenario.format.Operation;
import dev.mmexit.scenario.format.ProcessDecl;
import dev.mmexit.scenario.format.Scenario;
import dev.mmexit.scenario.format.Step;
import dev.mmexit.scenario.format.ThreadDecl;
import dev.mmexit.variant.GroupOptions;
import dev.mmexit.variant.KernelImage;
import dev.mmexit.vfio.MdevDriver;
import dev.mmexit.vfio.VfioContainer;
import dev.mmexit.vfio.VfioFile;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The objects that a scenario declares, by name. */
final class Objects {
  private static final int MANAGER_PID = 1;

  private final Map<String, ContainerFile> containers = new LinkedHashMap<>();
  private final Map<String, IommuGroup> groups = new LinkedHashMap<>();
  private final Map<String, GroupDecl> groupDecls = new LinkedHashMap<>();
  private final Map<String, MdevDriver> mdevDrivers = new LinkedHashMap<>();
  private final Map<String, Device> devices = new LinkedHashMap<>();
  private final Map<String, ScenarioProcess> processes = new LinkedHashMap<>();
  private final Task manager;
  private final VfioUser vfioUser;

  /** The manager's threads, by those of the scenario, where it matters which one it is. */
  private final Map<String, Task> managerThreads = new HashMap<>();

  private final boolean opensFiles;

  Objects(Engine engine, KernelImage image, Scenario scenario) {
    opensFiles = opens(scenario, null);
    manager = image.addProcess("manager", MANAGER_PID, 0);
    if (opensFiles) {
      scenario.threads().forEach(t -> managerThreads.put(t.name(), managerThread(engine, image)));
    }
    for (ProcessDecl process : scenario.processes()) {
      Task task = image.addProcess(process.name(), process.pid(), process.uid());
      if (opensFiles) {
        task.files.set(new FilesStruct(engine, scenario.containers().size()));
      }
      addProcess(engine, scenario, process.name(), process.pid(), task);
    }
    for (LateProcess process : LateProcess.of(scenario)) {
      image.mm().pid.reserve(process.pid());
      addProcess(engine, scenario, process.name(), process.pid(), null);
    }
    for (GroupDecl group : scenario.groups()) {
      IommuGroup iommuGroup;
      if (group.mdev()) {
        iommuGroup = image.addMediatedGroup(group.name(), group.devices());
        mdevDrivers.put(group.name(), new MdevDriver(engine, group.name()));
      } else {
        iommuGroup = image.addGroup(group.name(), group.devices(), options(group));
      }
      groups.put(group.name(), iommuGroup);
      groupDecls.put(group.name(), group);
      for (Device device : iommuGroup.devices()) {
        devices.put(device.name(), device);
      }
    }
    vfioUser = new VfioUser(image, scenario, groups);
    for (ContainerDecl container : scenario.containers()) {
      containers.put(container.name(), containerFile(engine, image, scenario, container));
    }
  }

  private ContainerFile containerFile(
      Engine engine, KernelImage image, Scenario scenario, ContainerDecl container) {
    String name = container.name();
    VfioFile<VfioContainer> file = vfioUser.file(name);
    VfioContainer layered = file == null ? null : file.privateData.now();
    return file == null || layered == null
        ? new ContainerFile.Direct(
            engine,
            name,
            containers.size(),
            image.type1(),
            image.addContainer(name, container.nesting()),
            closes(scenario, name) || opens(scenario, name))
        : new ContainerFile.Layered(engine, name, containers.size(), vfioUser, file, layered);
  }

  private void addProcess(
      Engine engine, Scenario scenario, String name, int pid, @Nullable Task task) {
    processes.put(
        name,
        new ScenarioProcess(
            engine,
            name,
            pid,
            processes.size(),
            users(scenario, name) > 1,
            LateProcess.steps(scenario).stream()
                .anyMatch(step -> step.operation().equals(new Operation.Exec(name))),
            task));
  }

  /** Work that is put off until the return to user mode is of one thread, not of the process. */
  private Task managerThread(Engine engine, KernelImage image) {
    MmStruct mm = manager.mm.now();
    if (mm != null) {
      image.mm().fork.mmget(mm);
    }
    return new Task(engine, manager.name(), MANAGER_PID, manager.uid, mm, manager.signal);
  }

  /** Whether processes hold the file of a container open, or of any container. */
  private static boolean opens(Scenario scenario, @Nullable String container) {
    return scenario.setup().stream()
        .anyMatch(
            step ->
                step.operation() instanceof Operation.Open open
                    && (container == null || open.container().equals(container)));
  }

  private static GroupOptions options(GroupDecl group) {
    return new GroupOptions(
        group.defaultDomain(),
        group.ops() == GroupDecl.Ops.GENERIC,
        group.coherent(),
        group.msi(),
        group.sva(),
        group.minPasid(),
        group.maxPasid());
  }

  /** How many threads have {@code process} do something. */
  private static long users(Scenario scenario, String process) {
    return scenario.threads().stream()
        .filter(thread -> thread.steps().stream().anyMatch(step -> process.equals(actor(step))))
        .count();
  }

  /** The process that carries an operation out; null for the manager and for devices. */
  static @Nullable String actor(Step step) {
    if (step.operation() instanceof Operation.Exit exit) {
      return exit.process();
    }
    if (step.operation() instanceof Operation.Exec exec) {
      return exec.process();
    }
    if (step.operation() instanceof Operation.Fork fork) {
      return fork.process();
    }
    if (step.operation() instanceof Operation.CloneVm clone) {
      return clone.process();
    }
    if (step.operation() instanceof Operation.Bind bind) {
      return bind.by();
    }
    if (step.operation() instanceof Operation.Munmap munmap) {
      return munmap.process();
    }
    if (step.operation() instanceof Operation.MapDma map) {
      return map.process();
    }
    if (step.operation() instanceof Operation.UnmapDma unmap) {
      return unmap.process();
    }
    return step.operation() instanceof Operation.Unbind unbind ? unbind.by() : null;
  }

  private static boolean closes(Scenario scenario, String container) {
    for (ThreadDecl thread : scenario.threads()) {
      for (Step step : thread.steps()) {
        if (step.operation() instanceof Operation.Close close
            && close.container().equals(container)) {
          return true;
        }
      }
    }
    return false;
  }

  /** The manager, as the thread of the scenario that has it do something. */
  Task manager(String thread) {
    return managerThreads.getOrDefault(thread, manager);
  }

  /** Whether processes hold files of containers open. */
  boolean opensFiles() {
    return opensFiles;
  }

  VfioUser vfioUser() {
    return vfioUser;
  }

  ContainerFile container(String name) {
    return get(containers, name);
  }

  IommuGroup group(String name) {
    return get(groups, name);
  }

  GroupDecl groupDecl(String name) {
    return get(groupDecls, name);
  }

  /** The driver of the devices of a mediated group; null for another group. */
  @Nullable MdevDriver mdevDriver(String name) {
    return mdevDrivers.get(name);
  }

  Device device(String name) {
    return get(devices, name);
  }

  ScenarioProcess process(String name) {
    return get(processes, name);
  }

  Collection<ContainerFile> containers() {
    return containers.values();
  }

  Collection<IommuGroup> groups() {
    return groups.values();
  }

  Collection<Device> devices() {
    return devices.values();
  }

  Collection<ScenarioProcess> processes() {
    return processes.values();
  }

  static <T> T get(Map<String, T> map, String name) {
    T found = map.get(name);
    if (found == null) {
      // The format has checked every name.
      throw new IllegalArgumentException("there is no " + name);
    }
    return found;
  }
}
