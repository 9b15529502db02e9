package dev.mmexit.jpf.peer;

import gov.nasa.jpf.annotation.MJI;
import gov.nasa.jpf.vm.MJIEnv;
import gov.nasa.jpf.vm.NativePeer;

/** The fences of {@code dev.mmexit.kernel.Fence}: memory is sequentially consistent here. */
public final class JPF_dev_mmexit_kernel_Fence extends NativePeer {
  /** Nothing to do. */
  @MJI
  public void smpWmb____V(MJIEnv env, int type) {}

  /** Nothing to do. */
  @MJI
  public void smpRmb____V(MJIEnv env, int type) {}

  /** Nothing to do. */
  @MJI
  public void smpMb____V(MJIEnv env, int type) {}
}
