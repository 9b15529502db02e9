package dev.mmexit.support;

import dev.mmexit.iommu.Device;
import dev.mmexit.iommu.IommuDevFaultHandler;
import dev.mmexit.iommu.MmExitHandler;
import dev.mmexit.kernel.Struct;
import java.util.function.ToIntBiFunction;
import java.util.function.ToIntFunction;

/** {@code mm_exit} and fault handlers for tests. */
public final class Handlers {
  /** Does nothing. */
  public static final MmExitHandler NOTHING = of(dev -> 0);

  /** Handles no page request. */
  public static final IommuDevFaultHandler NO_FAULTS = faulting((dev, pasid) -> 0);

  private Handlers() {}

  /** Does what {@code body} does, whatever the PASID. */
  public static MmExitHandler of(ToIntFunction<Device> body) {
    return new MmExitHandler() {
      @Override
      public int mmExit(Device dev, int pasid, Struct drvdata) {
        return body.applyAsInt(dev);
      }

      @Override
      public long canonicalHash() {
        return 1;
      }
    };
  }

  /** Does what {@code body} does with a page request. */
  public static IommuDevFaultHandler faulting(ToIntBiFunction<Device, Integer> body) {
    return new IommuDevFaultHandler() {
      @Override
      public int fault(Device dev, int pasid) {
        return body.applyAsInt(dev, pasid);
      }

      @Override
      public long canonicalHash() {
        return 2;
      }
    };
  }
}
