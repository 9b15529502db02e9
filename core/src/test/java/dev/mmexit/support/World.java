package dev.mmexit.support;

import dev.mmexit.iommu.ArmSmmuV3;
import dev.mmexit.iommu.BusType;
import dev.mmexit.iommu.Device;
import dev.mmexit.iommu.DmaIommu;
import dev.mmexit.iommu.Iommu;
import dev.mmexit.iommu.IommuBond;
import dev.mmexit.iommu.IommuGroup;
import dev.mmexit.iommu.sva.IommuSva;
import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Errno;
import dev.mmexit.kernel.EventSink;
import dev.mmexit.kernel.Int;
import dev.mmexit.mm.MmSubsystem;
import dev.mmexit.mm.Task;
import dev.mmexit.variant.GroupOptions;
import dev.mmexit.variant.KernelImage;
import dev.mmexit.variant.V2;
import dev.mmexit.variant.Variant;
import dev.mmexit.vfio.UserBind;
import dev.mmexit.vfio.VfioDomain;
import dev.mmexit.vfio.VfioGroup;
import dev.mmexit.vfio.VfioIommu;
import dev.mmexit.vfio.VfioIommuIoctl;
import dev.mmexit.vfio.VfioIommuType1;
import dev.mmexit.vfio.VfioMm;
import java.util.List;
import java.util.function.Supplier;

/** A kernel with the code as posted, or a variant's, on an engine that runs it straight through. */
public final class World {
  /** A group that leaves its domain for none. */
  public static final GroupOptions NO_DEFAULT_DOMAIN =
      new GroupOptions(false, false, true, false, true, 1, 15);

  /** The same, with a driver that has {@code detach_dev}. */
  public static final GroupOptions GENERIC =
      new GroupOptions(false, true, true, false, true, 1, 15);

  /** A group that is not in the domain of others: DMA by its devices does not snoop. */
  public static final GroupOptions NOT_COHERENT =
      new GroupOptions(true, false, false, false, true, 1, 15);

  /** A group whose devices cannot fault. */
  public static final GroupOptions NO_SVA =
      new GroupOptions(true, false, true, false, false, 1, 15);

  private final StraightLineEngine engine = new StraightLineEngine();
  private final KernelImage kernel;

  /** A kernel in which no device faults. */
  public World() {
    this(false);
  }

  /** A kernel in which devices may fault or not. */
  public World(boolean faultsPossible) {
    kernel = new KernelImage(engine, new V2(), faultsPossible);
  }

  /** A kernel with the code of {@code variant}, in which no device faults. */
  public World(Variant variant) {
    kernel = new KernelImage(engine, variant, false);
  }

  /** What runs it. */
  public Engine engine() {
    return engine;
  }

  /** drivers/vfio/vfio_iommu_type1.c. */
  public VfioIommuType1 type1() {
    return kernel.type1();
  }

  /** drivers/iommu/iommu-sva.c. */
  public IommuSva sva() {
    return kernel.iommuSva();
  }

  /** drivers/iommu/iommu.c. */
  public Iommu iommu() {
    return kernel.iommu();
  }

  /** Everything. */
  public KernelImage kernel() {
    return kernel;
  }

  /** Tasks and address spaces. */
  public MmSubsystem mm() {
    return kernel.mm();
  }

  /** A process of root's. */
  public Task process(String name, int pid) {
    return kernel.addProcess(name, pid, 0);
  }

  /** A group of coherent devices with a default domain. */
  public IommuGroup group(String name, String... devices) {
    return group(name, GroupOptions.DEFAULT, devices);
  }

  /** A group. */
  public IommuGroup group(String name, GroupOptions options, String... devices) {
    return kernel.addGroup(name, List.of(devices), options);
  }

  /** A group with a default domain behind {@code driver}. */
  public IommuGroup group(String name, ArmSmmuV3 driver, String... devices) {
    IommuGroup group = new IommuGroup(engine, name, false);
    BusType bus = new BusType(driver, true, name);
    for (String device : devices) {
      kernel.streamTable().add(new Device(engine, device, group, bus, true, 1, 15));
    }
    driver.bootDefaultDomain(group);
    return group;
  }

  /** A mediated group. */
  public IommuGroup mediatedGroup(String name, String... devices) {
    return kernel.addMediatedGroup(name, List.of(devices));
  }

  /** Another SMMU, without devices. */
  public FailingSmmu failingSmmu() {
    return new FailingSmmu(engine, kernel.ioPgfault(), new DmaIommu(engine), kernel.iommuSva());
  }

  /** An open container. */
  public VfioIommu container(String name) {
    return kernel.addContainer(name, false);
  }

  /** An open container with {@code groups} in it. */
  public VfioIommu containerOf(IommuGroup... groups) {
    VfioIommu container = container("C0");
    for (IommuGroup group : groups) {
      attach(container, group);
    }
    return container;
  }

  /** Attaches a group, which succeeds. */
  public void attach(VfioIommu container, IommuGroup group) {
    succeed(type1().vfioIommuType1AttachGroup(container, group));
  }

  /** Binds a process with {@code VFIO_IOMMU_BIND}, which succeeds. */
  public void bind(VfioIommu container, Task task) {
    UserBind arg = UserBind.ofPid(engine, task.pid);
    succeed(type1().vfioIommuType1Ioctl(container, VfioIommuIoctl.VFIO_IOMMU_BIND, arg));
  }

  private static void succeed(int result) {
    if (result != 0) {
      throw new AssertionError("set-up fails with " + Errno.name(result));
    }
  }

  /** The record that {@code container} has of {@code group}. */
  public VfioGroup record(VfioIommu container, IommuGroup group) {
    for (VfioDomain domain : container.domainList.now()) {
      for (VfioGroup record : domain.groupList.now()) {
        if (record.iommuGroup.now() == group) {
          return record;
        }
      }
    }
    throw new AssertionError(group.name() + " is not in " + container.name());
  }

  /** The names of the processes that {@code container} lists, the newest first. */
  public static List<String> listed(VfioIommu container) {
    return container.mmList.now().stream().map(VfioMm::name).toList();
  }

  /** The only bond of {@code device}. */
  public IommuBond bond(Device device) {
    List<IommuBond> bonds = sva().bondsOf(device);
    if (bonds.size() != 1) {
      throw new AssertionError(device.name() + " has " + bonds.size() + " bonds");
    }
    return bonds.get(0);
  }

  /** A place for a PASID. */
  public Int pasid() {
    return new VfioMm(engine).pasid;
  }

  /** Has the test run as {@code task} from now on. */
  public void runAs(Task task) {
    engine.current().runAs(task);
  }

  /** Has writes to the fields of these labels in traces. */
  public void watch(String... labels) {
    engine.watch(List.of(labels));
  }

  /** What {@code body} does. */
  public Trace record(Runnable body) {
    return record(
        () -> {
          body.run();
          return null;
        });
  }

  /** What {@code body} does and returns. */
  public Trace record(Supplier<?> body) {
    Trace.Recorder recorder = new Trace.Recorder(engine.current());
    engine.record(recorder);
    try {
      Object result = body.get();
      return new Trace(recorder.lines(), result);
    } finally {
      engine.record(EventSink.NONE);
    }
  }

  /** What the work items and callbacks that are queued do. */
  public Trace drained() {
    return record(engine::drain);
  }

  /** Runs the work items and callbacks that are queued. */
  public void drain() {
    engine.drain();
  }

  /** Runs {@code body} as {@code task} in a context of its own, where it begins to wait. */
  public Waiter waiter(String name, Task task, Runnable body) {
    StraightLineEngine.Beside beside = engine.begin(name, task, body);
    if (!beside.waits()) {
      throw new AssertionError(name + " does not wait");
    }
    return beside::finish;
  }

  /** A context that waits. */
  public interface Waiter {
    /** What it waited for has come: runs the rest. */
    void finish();
  }
}
