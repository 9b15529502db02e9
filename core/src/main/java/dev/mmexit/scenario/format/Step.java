package dev.mmexit.scenario.format;

import org.jspecify.annotations.Nullable;

/**
 * One operation of the set-up or of a thread.
 *
 * @param register where its result is kept, as {@code r0}; null if it is not
 * @param text as a person would write it, as {@code r0 = detach C0 G0}
 */
public record Step(Operation operation, @Nullable String register, Position position, String text) {

  /** A step with its text. */
  public static Step of(Operation operation, @Nullable String register, Position position) {
    String text = operation.text();
    return new Step(
        operation, register, position, register == null ? text : register + " = " + text);
  }
}
