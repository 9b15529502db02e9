package dev.mmexit.explorer.replay;

import dev.mmexit.explorer.result.InterleavingStep;
import dev.mmexit.explorer.result.ThreadReport;
import dev.mmexit.explorer.search.Key;
import dev.mmexit.scenario.FinalState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one schedule does.
 *
 * @param names who took the steps, by the names of this execution
 * @param threads every context as it stood at the end
 * @param steps what happened
 * @param findings what was wrong, each with a sentence
 * @param finalState where everything has finished
 */
public record Replay(
    List<String> names,
    List<ThreadReport> threads,
    List<InterleavingStep> steps,
    List<Found> findings,
    @Nullable FinalState finalState) {
  /**
   * Something wrong.
   *
   * @param key what makes it distinct
   * @param message the sentence
   */
  public record Found(Key key, String message) {}
}
