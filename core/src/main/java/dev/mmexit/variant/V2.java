package dev.mmexit.variant;

import com.google.auto.service.AutoService;

/**
 * The code as posted on 11 May 2018: patch 13/40 of the second version of "Shared Virtual
 * Addressing for the IOMMU", over the other patches of the same series. Changes nothing; what
 * exploring it shows is what the patch does.
 */
@AutoService(Variant.class)
public final class V2 extends Variant {
  @Override
  public String name() {
    return "v2";
  }

  @Override
  public String summary() {
    return "the patch as posted on the list: v2 13/40, with iommu-sva.c of the same series";
  }
}
