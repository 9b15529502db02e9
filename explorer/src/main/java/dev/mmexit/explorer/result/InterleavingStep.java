package dev.mmexit.explorer.result;

import java.util.List;

/**
 * One scheduled step of an interleaving: what one thread did before another could go on.
 *
 * @param thread the index of the thread in the report's threads
 * @param lines what it did, in order
 * @param held the locks that the thread holds after the step, in the order in which it took them
 * @param changes what the step changed; what it changed and set back is not in there
 */
public record InterleavingStep(
    int thread, List<StepLine> lines, List<String> held, List<FieldChange> changes) {
  public InterleavingStep {
    lines = List.copyOf(lines);
    held = List.copyOf(held);
    changes = List.copyOf(changes);
  }

  /** An immutable copy of {@code steps}, all of them taken by one of {@code threads} threads. */
  static List<InterleavingStep> copyFor(List<InterleavingStep> steps, int threads) {
    for (InterleavingStep step : steps) {
      if (step.thread() < 0 || step.thread() >= threads) {
        throw new IllegalArgumentException(
            "a step names thread " + step.thread() + ", but there are " + threads);
      }
    }
    return List.copyOf(steps);
  }
}
