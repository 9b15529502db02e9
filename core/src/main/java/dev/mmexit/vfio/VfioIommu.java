package dev.mmexit.vfio;

import dev.mmexit.iommu.IommuGroup;
import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Flag;
import dev.mmexit.kernel.ListHead;
import dev.mmexit.kernel.Mutex;
import dev.mmexit.kernel.Struct;
import java.util.ArrayList;
import java.util.List;

/** {@code struct vfio_iommu} of drivers/vfio/vfio_iommu_type1.c: a container, to this driver. */
public final class VfioIommu extends Struct {
  public final ListHead<VfioDomain> domainList = listHead("domain_list");
  public final ListHead<VfioMm> mmList = listHead("mm_list");
  public final Mutex lock = mutex("lock");
  public final Flag v2 = flag("v2");
  public final Flag nesting = flag("nesting");

  /** A container with nothing in it. */
  public VfioIommu(Engine engine) {
    super(engine, "vfio_iommu", "iommu");
  }

  /** The groups that are attached, unseen by the engine: for properties and reports. */
  public List<IommuGroup> groupsNow() {
    List<IommuGroup> groups = new ArrayList<>();
    for (VfioDomain domain : domainList.now()) {
      for (VfioGroup group : domain.groupList.now()) {
        IommuGroup iommuGroup = group.iommuGroup.now();
        if (iommuGroup != null) {
          groups.add(iommuGroup);
        }
      }
    }
    return groups;
  }
}
