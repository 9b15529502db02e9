package dev.mmexit.explorer.carry;

import dev.mmexit.iommu.ArmSmmuV3;
import dev.mmexit.iommu.DmaIommu;
import dev.mmexit.iommu.IoPgfault;
import dev.mmexit.iommu.Iommu;
import dev.mmexit.iommu.sva.IommuSva;
import dev.mmexit.kernel.Engine;
import dev.mmexit.mm.MmSubsystem;
import dev.mmexit.variant.Variant;
import dev.mmexit.variant.Variants;
import dev.mmexit.vfio.Vfio;
import dev.mmexit.vfio.VfioIommuDriver;
import dev.mmexit.vfio.VfioIommuType1;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The code as posted, which notes which of some of its methods are called. */
final class NotingVariant extends Variant {
  private final List<Method> methods;
  private final boolean[] called;
  private final Map<Class<?>, CallNoter> makers = new HashMap<>();

  /**
   * The code as posted.
   *
   * @param methods those to be noted, by the class of the code as posted whose objects have them
   */
  NotingVariant(Map<Class<?>, List<Method>> methods) {
    this.methods = methods.values().stream().flatMap(List::stream).toList();
    this.called = new boolean[this.methods.size()];
    int first = 0;
    for (Map.Entry<Class<?>, List<Method>> entry : methods.entrySet()) {
      makers.put(entry.getKey(), new CallNoter(entry.getKey(), entry.getValue(), first));
      first += entry.getValue().size();
    }
  }

  private NotingVariant(NotingVariant other) {
    methods = other.methods;
    called = new boolean[methods.size()];
    makers.putAll(other.makers);
  }

  /** The same, with nothing noted yet. */
  NotingVariant anew() {
    return new NotingVariant(this);
  }

  /** The methods that were called, in whatever context. All that runs it has to be over. */
  Set<Method> called() {
    Set<Method> seen = new HashSet<>();
    for (int i = 0; i < called.length; i++) {
      if (called[i]) {
        seen.add(methods.get(i));
      }
    }
    return seen;
  }

  private <T> T make(Class<T> posted, Object... arguments) {
    CallNoter maker = makers.get(posted);
    if (maker == null) {
      throw new IllegalArgumentException("not a part of a variant: " + posted);
    }
    return posted.cast(maker.make(called, arguments));
  }

  @Override
  public String name() {
    return Variants.BASE;
  }

  @Override
  public String summary() {
    return "the code as posted, observed";
  }

  @Override
  public IommuSva iommuSva(Engine engine, MmSubsystem mm, Iommu iommu, IoPgfault ioPgfault) {
    return make(IommuSva.class, engine, mm, iommu, ioPgfault);
  }

  @Override
  public ArmSmmuV3 armSmmuV3(Engine engine, IoPgfault ioPgfault, DmaIommu dmaIommu, IommuSva sva) {
    return make(ArmSmmuV3.class, engine, ioPgfault, dmaIommu, sva);
  }

  @Override
  public VfioIommuType1 vfioIommuType1(
      Engine engine, MmSubsystem mm, Iommu iommu, DmaIommu dmaIommu, IommuSva sva) {
    return make(VfioIommuType1.class, engine, mm, iommu, dmaIommu, sva);
  }

  @Override
  public Vfio vfio(Engine engine, VfioIommuType1 type1) {
    return make(Vfio.class, engine, List.of(new VfioIommuDriver(engine, type1)));
  }
}
