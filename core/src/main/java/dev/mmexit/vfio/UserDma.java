package dev.mmexit.vfio;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Flag;
import dev.mmexit.kernel.Int;
import dev.mmexit.kernel.Struct;

/**
 * The memory of a process that the argument of {@code VFIO_IOMMU_MAP_DMA} and {@code
 * VFIO_IOMMU_UNMAP_DMA} points at. The range is always of one page.
 */
public final class UserDma extends Struct {
  /** The size of a {@code struct vfio_iommu_type1_dma_map}. */
  public static final int SIZE = 32;

  private static final int SIZE_UNMAP = 24;
  private static final int VFIO_DMA_MAP_FLAGS = 1 << 0 | 1 << 1;

  public final Int argsz = integer("argsz");
  public final Int flags = integer("flags");
  public final Int iova = integer("iova");

  /** Whether reading it faults. */
  public final Flag unmapped = flag("unmapped");

  /** The names of the objects that the ioctl is about, for fault injection. */
  private final String[] about;

  /** Zeroed memory. */
  public UserDma(Engine engine, String... about) {
    super(engine, "user memory", "arg", Storage.STATIC);
    this.about = about.clone();
  }

  String[] about() {
    return about.clone();
  }

  /** A well-formed argument to map the page {@code iova}. */
  public static UserDma toMap(Engine engine, int iova, String... about) {
    return of(engine, iova, true, about);
  }

  /** A well-formed argument to unmap the page {@code iova}. */
  public static UserDma toUnmap(Engine engine, int iova, String... about) {
    return of(engine, iova, false, about);
  }

  private static UserDma of(Engine engine, int iova, boolean map, String... about) {
    UserDma arg = engine.create(() -> new UserDma(engine, about));
    arg.argsz.set(size(map));
    arg.flags.set(flags(map));
    arg.iova.set(iova);
    return arg;
  }

  /** The least that {@link #argsz} may be. */
  static int size(boolean map) {
    return map ? SIZE : SIZE_UNMAP;
  }

  /** The flags that there are: read and write. Unmapping has none. */
  static int flags(boolean map) {
    return map ? VFIO_DMA_MAP_FLAGS : 0;
  }
}
