package dev.mmexit.explorer;

import dev.mmexit.explorer.result.ReplayResult;
import java.util.List;

/** What came of a replay. */
public sealed interface ReplayOutcome {

  /**
   * The schedule fits. A schedule that ends before the scenario does fits, too.
   *
   * @param result what the scenario did under it
   */
  record Replayed(ReplayResult result) implements ReplayOutcome {}

  /**
   * The schedule does not fit the scenario or the variant.
   *
   * @param step the first step that does not fit, from 1
   * @param thread the thread that the schedule names there
   * @param runnable the threads that could run there
   * @param reason why it does not fit, such as {@code T1 is blocked} or {@code the schedule was
   *     made for variant v2}
   */
  record Mismatch(int step, String thread, List<String> runnable, String reason)
      implements ReplayOutcome {
    public Mismatch {
      runnable = List.copyOf(runnable);
    }
  }

  /**
   * The text is no schedule.
   *
   * @param reason what is wrong with it, and what was expected
   */
  record Malformed(String reason) implements ReplayOutcome {}
}
