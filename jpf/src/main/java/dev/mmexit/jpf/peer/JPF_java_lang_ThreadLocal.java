package dev.mmexit.jpf.peer;

import gov.nasa.jpf.annotation.MJI;
import gov.nasa.jpf.vm.MJIEnv;

/**
 * {@code ThreadLocal}, for threads that have removed all of theirs and then set one again: Java
 * PathFinder's own peer copies none of them from an empty array, which it takes for an error.
 */
public final class JPF_java_lang_ThreadLocal extends gov.nasa.jpf.vm.JPF_java_lang_ThreadLocal {
  private static final String ENTRIES = "threadLocals";

  /** Takes an entry of the current thread away, and the array with the last. */
  @Override
  @MJI
  public void removeEntry__Ljava_lang_ThreadLocal$Entry_2(MJIEnv env, int self, int entry) {
    super.removeEntry__Ljava_lang_ThreadLocal$Entry_2(env, self, entry);
    int thread = env.getThreadInfo().getThreadObjectRef();
    int entries = env.getReferenceField(thread, ENTRIES);
    if (entries != MJIEnv.NULL && env.getArrayLength(entries) == 0) {
      env.setReferenceField(thread, ENTRIES, MJIEnv.NULL);
    }
  }
}
