package dev.mmexit.iommu;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Struct;

/** {@code struct device}: one that an IOMMU serves. It is never removed. */
public final class Device extends Struct {
  public final IommuGroup iommuGroup;
  public final BusType bus;
  public final IommuParam iommuParam;

  /** {@code iommu_fwspec->iommu_priv}: the driver's own data. */
  public final ArmSmmuMasterData iommuPriv;

  /** Whether the device can be made to fault, which sharing needs. */
  public final boolean canFault;

  /** The PASIDs that the device and its driver can use: from here, */
  public final int minPasid;

  /** up to here. */
  public final int maxPasid;

  /** A device in {@code group}. */
  public Device(
      Engine engine,
      String name,
      IommuGroup group,
      BusType bus,
      boolean canFault,
      int minPasid,
      int maxPasid) {
    super(engine, "device", "dev", Storage.STATIC);
    nameIt(name);
    iommuGroup = group;
    this.bus = bus;
    this.canFault = canFault;
    this.minPasid = minPasid;
    this.maxPasid = maxPasid;
    iommuParam = new IommuParam(engine);
    iommuParam.nameIt(name);
    iommuPriv = new ArmSmmuMasterData(engine);
    iommuPriv.nameIt(name);
    group.add(this);
  }
}
