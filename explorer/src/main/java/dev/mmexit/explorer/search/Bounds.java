package dev.mmexit.explorer.search;

import org.jspecify.annotations.Nullable;

/**
 * How far to explore; null for no bound.
 *
 * @param maxSeconds time
 * @param maxExecutions executions begun
 * @param preemptions switches away from a context that could go on, in one execution
 */
public record Bounds(
    @Nullable Double maxSeconds, @Nullable Long maxExecutions, @Nullable Integer preemptions) {
  /** No bound. */
  public static final Bounds NONE = new Bounds(null, null, null);
}
