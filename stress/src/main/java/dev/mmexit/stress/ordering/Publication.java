package dev.mmexit.stress.ordering;

import dev.mmexit.iommu.Device;
import dev.mmexit.iommu.IommuConst;
import dev.mmexit.iommu.IommuGroup;
import dev.mmexit.iommu.MmExitHandler;
import dev.mmexit.kernel.Fence;
import dev.mmexit.kernel.Int;
import dev.mmexit.kernel.Struct;
import dev.mmexit.mm.MmStruct;
import dev.mmexit.stress.Race;
import dev.mmexit.variant.GroupOptions;
import dev.mmexit.variant.KernelImage;
import dev.mmexit.vfio.VfioMm;
import java.lang.invoke.VarHandle;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * An {@code io_mm} can be found in the IDR before it is complete. Whoever finds it looks at its
 * reference count first: {@code io_mm_alloc} sets that last, behind a write barrier. Results are
 * the count and the PASID, as the reader sees them.
 *
 * <p>x86 keeps stores in order, and loads too, so there it is for the compiler to break what has no
 * barrier. The plain tests give it every reason: the PASID is written again behind the count, if
 * late, as that takes some computing, which makes the first write superfluous; and it is read
 * before the count, which makes the second read superfluous.
 */
public final class Publication {
  private Publication() {}

  /** With the barriers of Java. */
  @JCStressTest
  @Description("publication of an io_mm: a write barrier and a read barrier")
  @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "It is not published yet.")
  @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "It is complete, but not published yet.")
  @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "It is published, and complete.")
  @Outcome(id = "1, 0", expect = Expect.FORBIDDEN, desc = "It is published with its PASID unset.")
  @State
  public static class Idiom {
    int pasid;
    int kref;
    double one = 1;

    /** {@code io_mm_alloc}. */
    @Actor
    public void alloc() {
      pasid = 1;
      VarHandle.storeStoreFence();
      kref = 1;
      pasid = computed(one);
    }

    /** Whoever finds it. */
    @Actor
    public void find(II_Result r) {
      if (pasid < 0) {
        return;
      }
      r.r1 = kref;
      VarHandle.loadLoadFence();
      r.r2 = pasid;
    }
  }

  /** With the model's own barriers. */
  @JCStressTest
  @Description("publication of an io_mm: smp_wmb and smp_rmb of the model")
  @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "It is not published yet.")
  @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "It is complete, but not published yet.")
  @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "It is published, and complete.")
  @Outcome(id = "1, 0", expect = Expect.FORBIDDEN, desc = "It is published with its PASID unset.")
  @State
  public static class Barriers {
    int pasid;
    int kref;
    double one = 1;

    /** {@code io_mm_alloc}. */
    @Actor
    public void alloc() {
      pasid = 1;
      Fence.smpWmb();
      kref = 1;
      pasid = computed(one);
    }

    /** Whoever finds it. */
    @Actor
    public void find(II_Result r) {
      if (pasid < 0) {
        return;
      }
      r.r1 = kref;
      Fence.smpRmb();
      r.r2 = pasid;
    }
  }

  /** The modelled functions: {@code iommu_sva_find} looks for what a bind publishes. */
  @JCStressTest
  @Description("publication of an io_mm: iommu_sva_find against __iommu_sva_bind_device")
  @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "It is not published yet.")
  @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "It is found, and its mm is set.")
  @State
  public static class ThroughIdr extends SmallWorld implements MmExitHandler {
    private static final int PASID = 1;

    private final KernelImage image = new KernelImage(engine, Race.variant(), true);
    private final MmStruct mm;
    private final Device dev;
    private final VfioMm vfioMm = new VfioMm(engine);

    /** A process, and a device that is ready to share its address space. */
    public ThroughIdr() {
      mm = image.addProcess("P0", 100, 0).mm.deref();
      IommuGroup group =
          image.addGroup(
              "G0", List.of("D0"), new GroupOptions(true, false, true, false, true, PASID, 15));
      dev = group.devices().get(0);
      int initialised =
          image.iommuSva().iommuSvaDeviceInit(dev, IommuConst.IOMMU_SVA_FEAT_IOPF, 0, this);
      if (initialised != 0) {
        throw new IllegalStateException("iommu_sva_device_init: " + initialised);
      }
    }

    /** Publishes. */
    @Actor
    public void bind(LL_Result r) {
      Int pasid = vfioMm.pasid;
      r.r1 =
          perform(
              "T0",
              () ->
                  image
                      .iommuSva()
                      .__iommuSvaBindDevice(
                          dev, mm, pasid, IommuConst.IOMMU_SVA_FEAT_IOPF, vfioMm));
    }

    /** Looks for it. */
    @Actor
    public void find(LL_Result r) {
      r.r2 = perform("T1", () -> image.iommuSva().iommuSvaFind(PASID) == mm ? 1 : 0);
    }

    @Override
    public int mmExit(Device device, int pasid, @Nullable Struct drvdata) {
      return 0;
    }

    @Override
    public long canonicalHash() {
      return 1;
    }
  }

  /** Without the write barrier. x86 keeps stores in order: only the compiler can show it. */
  @JCStressTest
  @Description("publication of an io_mm, broken: no write barrier")
  @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "It is not published yet.")
  @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "It is complete, but not published yet.")
  @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "It is published, and complete.")
  @Outcome(
      id = "1, 0",
      expect = Expect.ACCEPTABLE_INTERESTING,
      desc = "The first store was left out: published with its PASID unset.")
  @State
  public static class TwinWithoutWriteBarrier {
    int pasid;
    int kref;
    double one = 1;

    /** {@code io_mm_alloc}. */
    @Actor
    public void alloc() {
      pasid = 1;
      kref = 1;
      pasid = computed(one);
    }

    /** Whoever finds it. */
    @Actor
    public void find(II_Result r) {
      if (pasid < 0) {
        return;
      }
      r.r1 = kref;
      VarHandle.loadLoadFence();
      r.r2 = pasid;
    }
  }

  /** Without the read barrier. x86 keeps loads in order: only the compiler can show it. */
  @JCStressTest
  @Description("publication of an io_mm, broken: no read barrier")
  @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "It is not published yet.")
  @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "It is complete, but not published yet.")
  @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "It is published, and complete.")
  @Outcome(
      id = "1, 0",
      expect = Expect.ACCEPTABLE_INTERESTING,
      desc = "The second load was left out: a stale PASID of what is published.")
  @State
  public static class TwinWithoutReadBarrier {
    int pasid;
    int kref;
    double one = 1;

    /** {@code io_mm_alloc}. */
    @Actor
    public void alloc() {
      pasid = 1;
      VarHandle.storeStoreFence();
      kref = 1;
      pasid = computed(one);
    }

    /** Whoever finds it. */
    @Actor
    public void find(II_Result r) {
      if (pasid < 0) {
        return;
      }
      r.r1 = kref;
      r.r2 = pasid;
    }
  }

  /** 1, some time later. */
  private static int computed(double one) {
    return (int) Math.sqrt(Math.sqrt(Math.sqrt(Math.sqrt(one))));
  }
}
