package dev.mmexit.jpf.peer;

import gov.nasa.jpf.annotation.MJI;
import gov.nasa.jpf.vm.MJIEnv;
import gov.nasa.jpf.vm.NativePeer;

/** What {@code dev.mmexit.kernel.Cell} does with a VarHandle, which Java PathFinder has not. */
public final class JPF_dev_mmexit_kernel_Cell extends NativePeer {
  /** None is needed. */
  @MJI
  public int valueHandle____Ljava_lang_invoke_VarHandle_2(MJIEnv env, int type) {
    return MJIEnv.NULL;
  }

  /** Memory is sequentially consistent here. */
  @MJI
  public int peekAcquire____Ljava_lang_Object_2(MJIEnv env, int self) {
    return env.getReferenceField(self, "value");
  }

  /** Memory is sequentially consistent here. */
  @MJI
  public void pokeRelease__Ljava_lang_Object_2__V(MJIEnv env, int self, int value) {
    env.setReferenceField(self, "value", value);
  }
}
