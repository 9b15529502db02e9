package dev.mmexit.vfio;

import dev.mmexit.iommu.IommuGroup;
import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Flag;
import dev.mmexit.kernel.ListHead;
import dev.mmexit.kernel.Mutex;
import dev.mmexit.kernel.Ref;
import dev.mmexit.kernel.RwSemaphore;
import dev.mmexit.kernel.Struct;
import java.util.ArrayList;
import java.util.List;

/** {@code struct vfio_iommu} of drivers/vfio/vfio_iommu_type1.c: a container, to this driver. */
public class VfioIommu extends Struct {
  public final ListHead<VfioDomain> domainList = listHead("domain_list");
  public final ListHead<VfioMm> mmList = listHead("mm_list");
  public final Mutex lock = mutex("lock");

  /** Has the mediated groups; {@code NULL} where there is none. */
  public final Ref<VfioDomain> externalDomain = ref("external_domain");

  /** An rb tree in C: in the order of {@code iova}. */
  public final ListHead<VfioDma> dmaList = listHead("dma_list");

  /** {@code notifier}: drivers of mediated devices, which are told of what is unmapped. */
  public final ListHead<MdevDriver> notifier = listHead("notifier.head");

  public final RwSemaphore notifierRwsem = rwSemaphore("notifier.rwsem");
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
      addGroups(domain, groups);
    }
    VfioDomain external = externalDomain.now();
    if (external != null) {
      addGroups(external, groups);
    }
    return groups;
  }

  private static void addGroups(VfioDomain domain, List<IommuGroup> groups) {
    for (VfioGroup group : domain.groupList.now()) {
      IommuGroup iommuGroup = group.iommuGroup.now();
      if (iommuGroup != null) {
        groups.add(iommuGroup);
      }
    }
  }
}
