package dev.mmexit.explorer.search;

import dev.mmexit.explorer.engine.Sharing;
import dev.mmexit.scenario.FinalState;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What an exploration found.
 *
 * @param bound which bound was reached; null where the exploration is complete
 * @param states the distinct states; without reduction, the places in the tree of executions
 * @param executions how many executions a search by one worker takes; where a bound was reached,
 *     how many there were
 * @param transitions the distinct transitions
 * @param steps the steps of all executions, those of random ones and of searches that counted no
 *     more included
 * @param carriedOut how many of them were: over the others executions went back to a state that
 *     they have in common with the one before
 * @param operations the operations of primitives and plain accesses in the steps carried out
 * @param findings each distinct finding with its shortest schedule
 * @param finalStates the distinct final states, in no order
 * @param locks what was taken or waited for while something was held
 * @param sharing what is known of shared memory in the end: where the schedules' steps begin
 */
public record Exploration(
    @Nullable String bound,
    long states,
    long executions,
    long transitions,
    long steps,
    long carriedOut,
    long operations,
    SortedMap<Key, Schedule> findings,
    List<FinalState> finalStates,
    LockOrder locks,
    Sharing sharing) {
  /** Whether every interleaving was covered. */
  public boolean isComplete() {
    return bound == null;
  }
}
