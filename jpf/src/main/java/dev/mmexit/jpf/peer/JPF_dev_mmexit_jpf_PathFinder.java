package dev.mmexit.jpf.peer;

import dev.mmexit.jpf.checker.Run;
import gov.nasa.jpf.annotation.MJI;
import gov.nasa.jpf.vm.BooleanChoiceGenerator;
import gov.nasa.jpf.vm.ChoiceGenerator;
import gov.nasa.jpf.vm.MJIEnv;
import gov.nasa.jpf.vm.NativePeer;
import gov.nasa.jpf.vm.ThreadInfo;
import java.util.HashSet;
import java.util.Set;

/** The native methods of {@code dev.mmexit.jpf.PathFinder}. */
public final class JPF_dev_mmexit_jpf_PathFinder extends NativePeer {
  /** A place in memory is used. */
  @MJI
  public boolean isContended__JLdev_mmexit_kernel_Context_2Z__Z(
      MJIEnv env, int type, long place, int context, boolean changes) {
    return Run.current().use(place, env.getLongField(context, "key"), locks(env, context), changes);
  }

  /** What stands for the locks that a context holds. */
  private static Set<Long> locks(MJIEnv env, int context) {
    int list = env.getReferenceField(context, "locks");
    int[] elements = env.getReferenceArrayObject(env.getReferenceField(list, "elementData"));
    int size = env.getIntField(list, "size");
    Set<Long> locks = new HashSet<>();
    for (int i = 0; i < size; i++) {
      locks.add(env.getLongField(elements[i], "key"));
    }
    return locks;
  }

  /** Another thread may go on. */
  @MJI
  public void point____V(MJIEnv env, int self) {
    ThreadInfo thread = env.getThreadInfo();
    if (thread.getScheduler().setsRescheduleCG(thread, "POINT")) {
      env.repeatInvocation();
    }
  }

  /** Both ways are explored. */
  @MJI
  public boolean choose____Z(MJIEnv env, int self) {
    ThreadInfo thread = env.getThreadInfo();
    if (!thread.isFirstStepInsn()) {
      if (env.getSystemState().setNextChoiceGenerator(new BooleanChoiceGenerator("CHOICE", true))) {
        env.repeatInvocation();
      }
      return false;
    }
    ChoiceGenerator<?> choice = env.getSystemState().getChoiceGenerator("CHOICE");
    return (Boolean) choice.getNextChoice();
  }

  /** A finding. */
  @MJI
  public void found__Ljava_lang_String_2Ljava_lang_String_2__V(
      MJIEnv env, int self, int kind, int sentence) {
    Run.current().found(env.getStringObject(kind), env.getStringObject(sentence));
  }

  /** An execution has ended. */
  @MJI
  public void ended__Ljava_lang_String_2Z__V(MJIEnv env, int self, int state, boolean satisfies) {
    Run.current().ended(env.getStringObject(state), satisfies);
  }

  /** The execution is not followed any further. */
  @MJI
  public void leave____V(MJIEnv env, int self) {
    env.getSystemState().setIgnored(true);
  }
}
