package dev.mmexit.variant;

import dev.mmexit.iommu.ArmSmmuV3;
import dev.mmexit.iommu.BusType;
import dev.mmexit.iommu.Device;
import dev.mmexit.iommu.DmaIommu;
import dev.mmexit.iommu.GenericIommu;
import dev.mmexit.iommu.IoPgfault;
import dev.mmexit.iommu.Iommu;
import dev.mmexit.iommu.IommuGroup;
import dev.mmexit.iommu.StreamTable;
import dev.mmexit.iommu.sva.IommuSva;
import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.ErrPtr;
import dev.mmexit.mm.MmStruct;
import dev.mmexit.mm.MmSubsystem;
import dev.mmexit.mm.Task;
import dev.mmexit.vfio.Vfio;
import dev.mmexit.vfio.VfioContainer;
import dev.mmexit.vfio.VfioCoreGroup;
import dev.mmexit.vfio.VfioFile;
import dev.mmexit.vfio.VfioIommu;
import dev.mmexit.vfio.VfioIommuType1;
import java.util.List;

/**
 * A booted kernel with the code of one variant. What it is to have is added before anything races;
 * what happens in it is a call of one of its functions, in a context of the engine.
 */
public final class KernelImage {
  private final Engine engine;
  private final Variant variant;
  private final StreamTable streamTable;
  private final MmSubsystem mm;
  private final Iommu iommu;
  private final DmaIommu dmaIommu;
  private final IoPgfault ioPgfault;
  private final IommuSva iommuSva;
  private final ArmSmmuV3 smmu;
  private final GenericIommu genericIommu;
  private final VfioIommuType1 type1;
  private final Vfio vfio;

  /**
   * Boots the code of {@code variant} on {@code engine}.
   *
   * @param faultsPossible whether devices may report page faults
   */
  public KernelImage(Engine engine, Variant variant, boolean faultsPossible) {
    this.engine = engine;
    this.variant = variant;
    streamTable = new StreamTable(engine);
    mm = new MmSubsystem(engine, streamTable);
    iommu = new Iommu(engine);
    dmaIommu = new DmaIommu(engine);
    ioPgfault = new IoPgfault(engine, mm, iommu, faultsPossible);
    iommuSva = variant.iommuSva(engine, mm, iommu, ioPgfault);
    ioPgfault.link(iommuSva);
    smmu = variant.armSmmuV3(engine, ioPgfault, dmaIommu, iommuSva);
    genericIommu = new GenericIommu(engine, ioPgfault, dmaIommu, iommuSva);
    type1 = variant.vfioIommuType1(engine, mm, iommu, dmaIommu, iommuSva);
    vfio = variant.vfio(engine, type1);
  }

  /** A running process of one thread with an address space of its own. */
  public Task addProcess(String name, int pid, int uid) {
    Task task = new Task(engine, name, pid, uid, new MmStruct(engine, name));
    mm.pid.add(task);
    return task;
  }

  /** A group, attached to its default domain where it has one. */
  public IommuGroup addGroup(String name, List<String> deviceNames, GroupOptions options) {
    ArmSmmuV3 driver = options.generic() ? genericIommu : smmu;
    BusType bus = new BusType(driver, options.coherent(), name);
    IommuGroup group = new IommuGroup(engine, name, options.msi());
    for (String deviceName : deviceNames) {
      streamTable.add(
          new Device(
              engine,
              deviceName,
              group,
              bus,
              options.sva(),
              options.minPasid(),
              options.maxPasid()));
    }
    if (options.defaultDomain()) {
      driver.bootDefaultDomain(group);
    }
    return group;
  }

  /** A mediated group: no IOMMU serves its devices. */
  public IommuGroup addMediatedGroup(String name, List<String> deviceNames) {
    BusType mdevBusType = new BusType(null, false, name);
    IommuGroup group = new IommuGroup(engine, name, false);
    for (String deviceName : deviceNames) {
      streamTable.add(new Device(engine, deviceName, group, mdevBusType, false, 0, 0));
    }
    return group;
  }

  /** An opened container with nothing attached. */
  public VfioIommu addContainer(String name, boolean nesting) {
    ErrPtr<VfioIommu> opened =
        type1.vfioIommuType1Open(
            nesting ? VfioIommuType1.VFIO_TYPE1_NESTING_IOMMU : VfioIommuType1.VFIO_TYPE1V2_IOMMU);
    VfioIommu container = opened.pointer();
    if (container == null) {
      throw new IllegalStateException("open: " + opened.error());
    }
    container.nameIt(name);
    return container;
  }

  /**
   * An open {@code /dev/vfio/vfio}: a container without a group or a driver.
   *
   * @param closes whether it is ever closed
   */
  public VfioFile<VfioContainer> openContainer(String name, boolean closes) {
    VfioFile<VfioContainer> file =
        new VfioFile<>(engine, "vfio_container", name, closes, vfio::vfioFopsRelease);
    vfio.vfioFopsOpen(file);
    return file;
  }

  /**
   * An open {@code /dev/vfio/N}: a group that is in no container.
   *
   * @param closes whether it is ever closed
   */
  public VfioFile<VfioCoreGroup> openGroup(IommuGroup group, boolean closes) {
    VfioFile<VfioCoreGroup> file =
        new VfioFile<>(engine, "vfio_group", group.name(), closes, vfio::vfioGroupFopsRelease);
    int opened = vfio.vfioGroupFopsOpen(vfio.vfioCreateGroup(group), file);
    if (opened != 0) {
      throw new IllegalStateException("open: " + opened);
    }
    return file;
  }

  /** What runs it. */
  public Engine engine() {
    return engine;
  }

  /** Whose code it runs. */
  public Variant variant() {
    return variant;
  }

  /** What devices reach. */
  public StreamTable streamTable() {
    return streamTable;
  }

  /** Tasks and address spaces. */
  public MmSubsystem mm() {
    return mm;
  }

  /** drivers/iommu/iommu.c. */
  public Iommu iommu() {
    return iommu;
  }

  /** drivers/iommu/io-pgfault.c. */
  public IoPgfault ioPgfault() {
    return ioPgfault;
  }

  /** drivers/iommu/iommu-sva.c. */
  public IommuSva iommuSva() {
    return iommuSva;
  }

  /** drivers/vfio/vfio.c. */
  public Vfio vfio() {
    return vfio;
  }

  /** drivers/vfio/vfio_iommu_type1.c. */
  public VfioIommuType1 type1() {
    return type1;
  }
}
