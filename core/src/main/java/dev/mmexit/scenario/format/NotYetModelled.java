package dev.mmexit.scenario.format;

import java.util.Set;
import org.antlr.v4.runtime.Token;

/**
 * The parts of the format that are read and checked, but have no model behind them yet. A scenario
 * that uses one is refused, with its position.
 */
record NotYetModelled(Set<String> features) {
  /** What is missing today. */
  static final NotYetModelled CURRENT =
      new NotYetModelled(
          Set.of(
              "exec",
              "fork",
              "clone",
              "open",
              "set-container",
              "unset-container",
              "fail",
              "memory slub"));

  /** The whole format. */
  static final NotYetModelled NOTHING = new NotYetModelled(Set.of());

  /** Reports the use of a feature that is not modelled; {@code where} is its first word. */
  void check(String feature, Token where, Diagnostics diagnostics) {
    if (features.contains(feature)) {
      diagnostics.add(where, feature + " is not modelled yet");
    }
  }
}
