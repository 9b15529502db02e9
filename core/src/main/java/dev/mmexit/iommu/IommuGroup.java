package dev.mmexit.iommu;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Mutex;
import dev.mmexit.kernel.Ref;
import dev.mmexit.kernel.Struct;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** {@code struct iommu_group} of drivers/iommu/iommu.c: devices that cannot be told apart. */
public final class IommuGroup extends Struct {
  public final Mutex mutex = mutex("mutex");
  public final Ref<IommuDomain> defaultDomain = ref("default_domain");
  public final Ref<IommuDomain> domain = ref("domain");

  /** Whether a software MSI window is among the reserved regions of the devices. */
  public final boolean swMsi;

  /** In the order of their coming; filled before any race. */
  private final List<Device> devices = new ArrayList<>();

  /** An empty group. */
  public IommuGroup(Engine engine, String name, boolean swMsi) {
    super(engine, "iommu_group", "group", Storage.STATIC);
    nameIt(name);
    this.swMsi = swMsi;
  }

  /** {@code devices}: never changes once the system has booted. */
  public List<Device> devices() {
    return Collections.unmodifiableList(devices);
  }

  void add(Device dev) {
    devices.add(dev);
  }
}
