package dev.mmexit.kernel;

import java.lang.invoke.VarHandle;

/**
 * The kernel's memory barriers. Under an engine that runs one context at a time they do nothing.
 */
public final class Fence {
  private Fence() {}

  /** {@code smp_wmb}. */
  public static void smpWmb() {
    VarHandle.storeStoreFence();
  }

  /** {@code smp_rmb}. */
  public static void smpRmb() {
    VarHandle.loadLoadFence();
  }

  /** {@code smp_mb}. */
  public static void smpMb() {
    VarHandle.fullFence();
  }
}
