package dev.mmexit.variant;

import dev.mmexit.iommu.ArmSmmuV3;
import dev.mmexit.iommu.DmaIommu;
import dev.mmexit.iommu.IoPgfault;
import dev.mmexit.iommu.Iommu;
import dev.mmexit.iommu.sva.IommuSva;
import dev.mmexit.kernel.Engine;
import dev.mmexit.mm.MmSubsystem;
import dev.mmexit.vfio.Vfio;
import dev.mmexit.vfio.VfioIommuDriver;
import dev.mmexit.vfio.VfioIommuType1;
import java.util.List;

/**
 * A named change to the modelled code. What a variant does not override is the code as posted. Its
 * Javadoc says what it changes, who proposed it or what question it answers, and what it is
 * expected to do.
 *
 * <p>A variant is a public class with a constructor without parameters that carries
 * {@code @AutoService(Variant.class)}: nothing else has to know of it.
 */
public abstract class Variant {
  /** The name used in scenarios and on the command line. */
  public abstract String name();

  /** One sentence: what it is. */
  public abstract String summary();

  /** The functions of drivers/iommu/iommu-sva.c. */
  public IommuSva iommuSva(Engine engine, MmSubsystem mm, Iommu iommu, IoPgfault ioPgfault) {
    return new IommuSva(engine, mm, iommu, ioPgfault);
  }

  /** The functions of drivers/iommu/arm-smmu-v3.c. */
  public ArmSmmuV3 armSmmuV3(Engine engine, IoPgfault ioPgfault, DmaIommu dmaIommu, IommuSva sva) {
    return new ArmSmmuV3(engine, ioPgfault, dmaIommu, sva);
  }

  /** The functions of drivers/vfio/vfio_iommu_type1.c. */
  public VfioIommuType1 vfioIommuType1(
      Engine engine, MmSubsystem mm, Iommu iommu, DmaIommu dmaIommu, IommuSva sva) {
    return new VfioIommuType1(engine, mm, iommu, dmaIommu, sva);
  }

  /** The functions of drivers/vfio/vfio.c. */
  public Vfio vfio(Engine engine, VfioIommuType1 type1) {
    return new Vfio(engine, List.of(new VfioIommuDriver(engine, type1)));
  }

  @Override
  public final String toString() {
    return name();
  }
}
