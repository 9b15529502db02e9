package dev.mmexit.explorer;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How to explore a scenario. Bounds are for each scenario; what they leave out is never said to be
 * covered.
 *
 * @param variant the variant of the modelled code
 * @param maxTime ends the exploration after that time; no bound if empty
 * @param maxExecutions ends it after that many executions; no bound if empty
 * @param preemptions leaves out executions with more preemptions; no bound if empty
 * @param workers how many threads explore
 * @param reduction whether known states and equivalent interleavings are left out
 */
public record ExplorationOptions(
    String variant,
    Optional<Duration> maxTime,
    OptionalLong maxExecutions,
    OptionalInt preemptions,
    int workers,
    boolean reduction) {
  /** The same, on another variant. */
  public ExplorationOptions on(String other) {
    return new ExplorationOptions(other, maxTime, maxExecutions, preemptions, workers, reduction);
  }
}
