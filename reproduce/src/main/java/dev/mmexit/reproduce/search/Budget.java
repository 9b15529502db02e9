package dev.mmexit.reproduce.search;

import dev.mmexit.explorer.ExplorationOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** What is left of the time of a search. */
final class Budget {
  private final ExplorationOptions options;
  private final LongSupplier nanoTime;
  private final long started;

  /**
   * Starts the clock.
   *
   * @param options their time is that of the whole search, their other bounds are of each scenario
   */
  Budget(ExplorationOptions options, LongSupplier nanoTime) {
    this.options = options;
    this.nanoTime = nanoTime;
    this.started = nanoTime.getAsLong();
  }

  /** Whether there is none left. */
  boolean isSpent() {
    return left().filter(left -> left.isZero() || left.isNegative()).isPresent();
  }

  /** The bound, in words. */
  String words() {
    long seconds = options.maxTime().map(Duration::toSeconds).orElse(0L);
    return seconds == 1 ? "1 second" : seconds + " seconds";
  }

  int workers() {
    return options.workers();
  }

  /** How to explore one scenario now, on a variant, by so many workers. */
  ExplorationOptions options(String variant, int workers) {
    return new ExplorationOptions(
        variant,
        left().map(left -> left.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : left),
        options.maxExecutions().isPresent()
            ? OptionalLong.of(options.maxExecutions().getAsLong())
            : OptionalLong.empty(),
        options.preemptions(),
        workers,
        options.reduction());
  }

  private Optional<Duration> left() {
    return options.maxTime().map(most -> most.minusNanos(nanoTime.getAsLong() - started));
  }
}
