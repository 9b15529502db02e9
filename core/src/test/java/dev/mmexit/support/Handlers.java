package dev.mmexit.support;

import dev.mmexit.iommu.Device;
import dev.mmexit.iommu.MmExitHandler;
import dev.mmexit.kernel.Struct;
import java.util.function.ToIntFunction;

/** {@code mm_exit} handlers for tests. */
public final class Handlers {
  /** Does nothing. */
  public static final MmExitHandler NOTHING = of(dev -> 0);

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
}
