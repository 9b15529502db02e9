package dev.mmexit.explorer.carry;

import dev.mmexit.iommu.ArmSmmuV3;
import dev.mmexit.iommu.DmaIommu;
import dev.mmexit.iommu.IoPgfault;
import dev.mmexit.iommu.Iommu;
import dev.mmexit.iommu.sva.IommuSva;
import dev.mmexit.kernel.Engine;
import dev.mmexit.mm.MmSubsystem;
import dev.mmexit.variant.Variant;
import dev.mmexit.vfio.Vfio;
import dev.mmexit.vfio.VfioIommuType1;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A variant as it is, and of which classes the parts are that it gives. */
final class Parts extends Variant {
  private final Variant variant;
  private final Map<Class<?>, Class<?>> classes = new ConcurrentHashMap<>();

  Parts(Variant variant) {
    this.variant = variant;
  }

  /** The classes of the parts that were asked for, by the classes of the code as posted. */
  Map<Class<?>, Class<?>> classes() {
    return Map.copyOf(classes);
  }

  private <T> T noted(Class<T> posted, T part) {
    classes.put(posted, part.getClass());
    return part;
  }

  @Override
  public String name() {
    return variant.name();
  }

  @Override
  public String summary() {
    return variant.summary();
  }

  @Override
  public IommuSva iommuSva(Engine engine, MmSubsystem mm, Iommu iommu, IoPgfault ioPgfault) {
    return noted(IommuSva.class, variant.iommuSva(engine, mm, iommu, ioPgfault));
  }

  @Override
  public ArmSmmuV3 armSmmuV3(Engine engine, IoPgfault ioPgfault, DmaIommu dmaIommu, IommuSva sva) {
    return noted(ArmSmmuV3.class, variant.armSmmuV3(engine, ioPgfault, dmaIommu, sva));
  }

  @Override
  public VfioIommuType1 vfioIommuType1(
      Engine engine, MmSubsystem mm, Iommu iommu, DmaIommu dmaIommu, IommuSva sva) {
    return noted(VfioIommuType1.class, variant.vfioIommuType1(engine, mm, iommu, dmaIommu, sva));
  }

  @Override
  public Vfio vfio(Engine engine, VfioIommuType1 type1) {
    return noted(Vfio.class, variant.vfio(engine, type1));
  }
}
