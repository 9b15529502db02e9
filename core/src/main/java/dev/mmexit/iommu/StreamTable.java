package dev.mmexit.iommu;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Errno;
import dev.mmexit.kernel.FindingKind;
import dev.mmexit.kernel.KernelBug;
import dev.mmexit.mm.MmStruct;
import dev.mmexit.mm.PageTableUser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the hardware makes of the stream table: the entry of a device leads to a domain, whose PASID
 * table leads to page tables. Looks at memory unseen by the engine, and follows no rules of C: what
 * was freed still says what it said last, until it is handed out again.
 */
public final class StreamTable implements PageTableUser {
  private final Engine engine;
  private final List<Device> devices = new ArrayList<>();

  /** A table without devices. */
  public StreamTable(Engine engine) {
    this.engine = engine;
  }

  /** Puts {@code dev} behind an IOMMU. */
  public void add(Device dev) {
    devices.add(dev);
  }

  /** The address space that {@code dev} reaches with {@code pasid}; null where it reaches none. */
  public @Nullable MmStruct reaches(Device dev, int pasid) {
    return reaches(dev).get(pasid);
  }

  /** The address spaces that {@code dev} reaches, by PASID. */
  public Map<Integer, MmStruct> reaches(Device dev) {
    ArmSmmuDomain domain = dev.iommuPriv.ste.seenByDevice();
    return domain == null ? Map.of() : domain.pasidTable.now();
  }

  @Override
  public @Nullable String whoReaches(MmStruct mm) {
    for (Device dev : devices) {
      for (Map.Entry<Integer, MmStruct> entry : reaches(dev).entrySet()) {
        if (entry.getValue() == mm) {
          return dev.name() + " with PASID " + entry.getKey();
        }
      }
    }
    return null;
  }

  /**
   * A DMA of {@code dev} with {@code pasid}, which belongs into one action of the bus: {@code
   * -EFAULT} where it reaches nothing, else what {@code number} makes of the address space.
   */
  public int dma(Device dev, int pasid, ToIntFunction<MmStruct> number) {
    ArmSmmuDomain domain = dev.iommuPriv.ste.seenByDevice();
    if (domain != null && !domain.isAlive()) {
      throw KernelBug.of(
          FindingKind.USE_AFTER_FREE,
          domain,
          "the PASID table of a domain is walked by "
              + dev.name()
              + ", to which the stream table"
              + " still gives it, after "
              + domain.type()
              + " was freed, in "
              + engine.here());
    }
    MmStruct mm = reaches(dev, pasid);
    if (mm == null) {
      return -Errno.EFAULT;
    }
    if (!mm.isAlive() || mm.pageTablesFreed.now()) {
      throw KernelBug.of(
          FindingKind.DANGLING_TRANSLATION,
          mm,
          dev.name()
              + " walks the page tables of "
              + mm.name()
              + " with PASID "
              + pasid
              + " after they were freed, in "
              + engine.here());
    }
    return number.applyAsInt(mm);
  }
}
