package dev.mmexit.vfio;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.ListHead;
import dev.mmexit.kernel.Struct;

/**
 * The driver of a mediated device, and its {@code struct notifier_block}. It listens from when the
 * device is opened until it is closed, and does what it must when a range goes away: it unpins.
 */
public final class MdevDriver extends Struct {
  public final ListHead<MdevDriver> node = listNode("next", this);
  private final Engine engine;

  /** A driver that does not listen. */
  public MdevDriver(Engine engine, String group) {
    super(engine, "notifier_block", "nb", Storage.STATIC);
    nameIt(group);
    this.engine = engine;
  }

  /** Its {@code notifier_call} with {@code VFIO_IOMMU_NOTIFY_DMA_UNMAP}: may sleep. */
  void notifierCall(VfioIommuExternal type1, VfioIommu iommu, int iova) {
    engine.run("mdev_notifier_call", () -> type1.vfioIommuType1UnpinPages(iommu, iova));
  }
}
