package dev.mmexit.explorer.search;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The bounds of a run, and whether one was reached. */
final class Limits {
  private static final int UNBOUNDED = Integer.MAX_VALUE;

  private final long deadline;
  private final long maxExecutions;
  private final int preemptions;
  private final AtomicLong executions = new AtomicLong();
  private volatile @Nullable String reached;
  private volatile @Nullable String softly;

  Limits(Bounds bounds) {
    deadline =
        bounds.maxSeconds() == null
            ? Long.MAX_VALUE
            : System.nanoTime() + (long) (bounds.maxSeconds() * 1e9);
    maxExecutions = bounds.maxExecutions() == null ? Long.MAX_VALUE : bounds.maxExecutions();
    preemptions = bounds.preemptions() == null ? UNBOUNDED : bounds.preemptions();
  }

  /** Counts an execution that is about to begin. */
  boolean mayExecute() {
    if (reached != null) {
      return false;
    }
    if (executions.incrementAndGet() > maxExecutions) {
      executions.decrementAndGet();
      reach("--max-executions " + maxExecutions);
      return false;
    }
    if (isLate()) {
      executions.decrementAndGet();
      reach("--max-seconds");
      return false;
    }
    return true;
  }

  /** Whether the time is over. */
  boolean isLate() {
    return deadline != Long.MAX_VALUE && System.nanoTime() > deadline;
  }

  /** Forgets the executions of a search that starts again. */
  void again() {
    executions.set(0);
    softly = null;
  }

  long executions() {
    return executions.get();
  }

  boolean bindsPreemptions() {
    return preemptions != UNBOUNDED;
  }

  /** Whether one more preemption is allowed after {@code used}; notes where it is not. */
  boolean mayPreempt(int used) {
    if (used < preemptions) {
      return true;
    }
    reach("--preemptions " + preemptions, false);
    return false;
  }

  void reach(String what) {
    reach(what, true);
  }

  private void reach(String what, boolean hard) {
    if (hard) {
      if (reached == null) {
        reached = what;
      }
    } else {
      softly = what;
    }
  }

  boolean stopped() {
    return reached != null;
  }

  /** Which bound was reached; null where the exploration is complete. */
  @Nullable String bound() {
    String hard = reached;
    return hard != null ? hard : softly;
  }
}
