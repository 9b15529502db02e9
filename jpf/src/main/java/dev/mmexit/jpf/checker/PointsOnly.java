package dev.mmexit.jpf.checker;

import gov.nasa.jpf.Config;
import gov.nasa.jpf.vm.AllRunnablesSyncPolicy;
import gov.nasa.jpf.vm.ApplicationContext;
import gov.nasa.jpf.vm.ElementInfo;
import gov.nasa.jpf.vm.ThreadInfo;
import java.util.Arrays;

/**
 * Where threads are switched: at the points that the driver asks for, and where a thread waits or
 * ends. What lies between two points touches nothing that others use, Java's own monitors included:
 * nobody holds one at a point.
 */
public final class PointsOnly extends AllRunnablesSyncPolicy {
  /** For Java PathFinder. */
  public PointsOnly(Config config) {
    super(config);
  }

  /** Those that can go on, without the main thread as long as there are others: it only joins. */
  @Override
  protected ThreadInfo[] getTimeoutRunnables(ApplicationContext application) {
    ThreadInfo[] all = super.getTimeoutRunnables(application);
    ThreadInfo[] contexts =
        Arrays.stream(all).filter(thread -> thread.getId() != 0).toArray(ThreadInfo[]::new);
    return contexts.length == 0 ? all : contexts;
  }

  @Override
  public boolean setsLockAcquisitionCG(ThreadInfo thread, ElementInfo lock) {
    return false;
  }

  @Override
  public boolean setsStartCG(ThreadInfo thread, ThreadInfo started) {
    return false;
  }
}
