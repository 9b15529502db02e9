package dev.mmexit.variant;

import dev.mmexit.iommu.ArmSmmuDomain;
import dev.mmexit.iommu.IoMm;
import dev.mmexit.iommu.IommuBond;
import dev.mmexit.iommu.IommuDmaCookie;
import dev.mmexit.iommu.IommuFaultEvent;
import dev.mmexit.iommu.IommuFaultParam;
import dev.mmexit.iommu.IommuParam;
import dev.mmexit.iommu.IommuSvaParam;
import dev.mmexit.iommu.IopfDeviceParam;
import dev.mmexit.iommu.IopfGroup;
import dev.mmexit.kernel.Struct;
import dev.mmexit.mm.FilesStruct;
import dev.mmexit.mm.MmStruct;
import dev.mmexit.mm.MmuNotifierMm;
import dev.mmexit.mm.OpenFile;
import dev.mmexit.mm.SignalStruct;
import dev.mmexit.mm.Task;
import dev.mmexit.vfio.VfioContainer;
import dev.mmexit.vfio.VfioCoreGroup;
import dev.mmexit.vfio.VfioDma;
import dev.mmexit.vfio.VfioDomain;
import dev.mmexit.vfio.VfioGroup;
import dev.mmexit.vfio.VfioIommu;
import dev.mmexit.vfio.VfioMm;
import dev.mmexit.vfio.VfioPfn;
import java.util.List;

/**
 * What the modelled code allocates: each has a cache of its own where memory is reused. What a
 * variant derives from one of these has the same cache.
 */
public final class HeapTypes {
  private static final List<Class<? extends Struct>> ALL =
      List.of(
          ArmSmmuDomain.class,
          IoMm.class,
          IommuBond.class,
          IommuDmaCookie.class,
          IommuFaultEvent.class,
          IommuFaultParam.class,
          IommuParam.class,
          IommuSvaParam.class,
          IopfDeviceParam.class,
          IopfGroup.class,
          FilesStruct.class,
          MmStruct.class,
          MmuNotifierMm.class,
          OpenFile.class,
          SignalStruct.class,
          Task.class,
          VfioContainer.class,
          VfioCoreGroup.class,
          VfioDma.class,
          VfioDomain.class,
          VfioGroup.class,
          VfioIommu.class,
          VfioMm.class,
          VfioPfn.class);

  private HeapTypes() {}

  /** All of them. */
  public static List<Class<? extends Struct>> all() {
    return ALL;
  }
}
