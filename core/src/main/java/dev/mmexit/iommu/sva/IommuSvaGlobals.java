package dev.mmexit.iommu.sva;

import dev.mmexit.iommu.IoMm;
import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Idr;
import dev.mmexit.kernel.SpinLock;
import dev.mmexit.kernel.Struct;

/** The static variables of drivers/iommu/iommu-sva.c. */
public final class IommuSvaGlobals extends Struct {
  /** Protects the IDR, every list of bonds, and what the references to them hang on. */
  public final SpinLock iommuSvaLock = spinLock("iommu_sva_lock");

  public final Idr<IoMm> iommuPasidIdr = new Idr<>(this, "iommu_pasid_idr");

  IommuSvaGlobals(Engine engine) {
    super(engine, "static variables of iommu-sva.c", "", Storage.STATIC);
  }
}
