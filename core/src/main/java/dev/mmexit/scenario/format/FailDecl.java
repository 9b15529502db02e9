package dev.mmexit.scenario.format;

import dev.mmexit.kernel.FaultSite;
import org.jspecify.annotations.Nullable;

/** {@code fail ...}: which fallible calls fail after the set-up. */
public sealed interface FailDecl {
  /** Where it is declared. */
  Position position();

  /**
   * {@code fail SITE nth=N on=NAME}: one chosen call fails.
   *
   * @param nth the how-manieth call, from 1
   * @param on the one object whose calls are counted; null for all
   */
  record Nth(FaultSite site, int nth, @Nullable String on, Position position) implements FailDecl {}

  /** {@code fail any max=N}: every fallible call may fail, at most {@code max} in one execution. */
  record Any(int max, Position position) implements FailDecl {}
}
