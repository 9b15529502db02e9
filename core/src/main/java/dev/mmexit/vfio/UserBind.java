package dev.mmexit.vfio;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Flag;
import dev.mmexit.kernel.Int;
import dev.mmexit.kernel.Struct;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The memory of a process that the argument of {@code VFIO_IOMMU_BIND} and {@code
 * VFIO_IOMMU_UNBIND} points at: a {@code struct vfio_iommu_type1_bind} with a {@code struct
 * vfio_iommu_type1_bind_process} behind it.
 */
public final class UserBind extends Struct {
  /** The size of the two structs. */
  public static final int SIZE = 8 + 12;

  public final Int argsz = integer("argsz");
  public final Int flags = integer("flags");
  public final Int processFlags = integer("data.flags");
  public final Int pasid = integer("data.pasid");
  public final Int pid = integer("data.pid");

  /** Whether reading {@code argsz} and {@code flags} faults. */
  public final Flag headerUnmapped = flag("header unmapped");

  /** Whether reading and writing {@code data} faults. */
  public final Flag dataUnmapped = flag("data unmapped");

  /** Whether writing {@code data} faults. */
  public final Flag dataReadOnly = flag("data read-only");

  /** The names of the objects that the ioctl is about, for fault injection. */
  private final String[] about;

  /** What user space puts in {@code data.pasid}; null for what is there. */
  private @Nullable IntSupplier userPasid;

  /** Zeroed memory. */
  public UserBind(Engine engine, String... about) {
    super(engine, "user memory", "arg", Storage.STATIC);
    this.about = about.clone();
  }

  /**
   * Says what user space puts in {@code data.pasid}, for code that reads the field: the code as
   * posted only writes it.
   *
   * @param supplier looks at one moment
   */
  public void setUserPasid(IntSupplier supplier) {
    userPasid = supplier;
  }

  /** {@code data.pasid} as user space has set it. */
  public int userPasid() {
    IntSupplier supplier = userPasid;
    return supplier == null ? pasid.get() : supplier.getAsInt();
  }

  String[] about() {
    return about.clone();
  }

  /** A well-formed argument for the process {@code pid}. */
  public static UserBind ofPid(Engine engine, int pid, String... about) {
    UserBind arg = ofCaller(engine, about);
    arg.processFlags.set(VfioIommuIoctl.VFIO_IOMMU_BIND_PID);
    arg.pid.set(pid);
    return arg;
  }

  /** A well-formed argument for the process of the caller. */
  public static UserBind ofCaller(Engine engine, String... about) {
    UserBind arg = engine.create(() -> new UserBind(engine, about));
    arg.argsz.set(SIZE);
    arg.flags.set(VfioIommuIoctl.VFIO_IOMMU_BIND_PROCESS);
    return arg;
  }
}
