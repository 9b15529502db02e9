package dev.mmexit.jpf.peer;

import gov.nasa.jpf.annotation.MJI;
import gov.nasa.jpf.vm.MJIEnv;
import gov.nasa.jpf.vm.NativePeer;

/** What {@code dev.mmexit.kernel.threads.World} does with a VarHandle. */
public final class JPF_dev_mmexit_kernel_threads_World extends NativePeer {
  /** None is needed. */
  @MJI
  public int stoppedHandle____Ljava_lang_invoke_VarHandle_2(MJIEnv env, int type) {
    return MJIEnv.NULL;
  }

  /** Whether it has stopped. */
  @MJI
  public boolean isStopped____Z(MJIEnv env, int self) {
    return env.getBooleanField(self, "stopped");
  }

  /** Stops it. */
  @MJI
  public void markStopped____V(MJIEnv env, int self) {
    env.setBooleanField(self, "stopped", true);
  }
}
