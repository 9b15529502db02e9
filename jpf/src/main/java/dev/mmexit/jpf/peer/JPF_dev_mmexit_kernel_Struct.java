package dev.mmexit.jpf.peer;

import gov.nasa.jpf.annotation.MJI;
import gov.nasa.jpf.vm.MJIEnv;
import gov.nasa.jpf.vm.NativePeer;

/** What {@code dev.mmexit.kernel.Struct} does with VarHandles, which Java PathFinder has not. */
public final class JPF_dev_mmexit_kernel_Struct extends NativePeer {
  /** None is needed. */
  @MJI
  public int handle__Ljava_lang_String_2Ljava_lang_Class_2__Ljava_lang_invoke_VarHandle_2(
      MJIEnv env, int type, int field, int fieldType) {
    return MJIEnv.NULL;
  }

  /** Whether it was freed. */
  @MJI
  public boolean isFreed____Z(MJIEnv env, int self) {
    return env.getBooleanField(self, "freed");
  }

  /** Frees it, or not. */
  @MJI
  public void setAlive__Z__V(MJIEnv env, int self, boolean alive) {
    env.setBooleanField(self, "freed", !alive);
  }

  /** Notes who frees it; false where another one has. */
  @MJI
  public boolean claim__Ldev_mmexit_kernel_Place_2__Z(MJIEnv env, int self, int place) {
    if (env.getReferenceField(self, "freedAt") != MJIEnv.NULL) {
      return false;
    }
    env.setReferenceField(self, "freedAt", place);
    return true;
  }
}
