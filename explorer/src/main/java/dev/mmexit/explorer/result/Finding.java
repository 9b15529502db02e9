package dev.mmexit.explorer.result;

import dev.mmexit.kernel.FindingKind;
import java.util.List;

/**
 * One violation, with the shortest interleaving that shows it.
 *
 * @param kind what kind of violation
 * @param message a sentence that names the objects and functions; for a deadlock, the whole cycle
 *     in words
 * @param place where it is: functions and objects, in words that do not depend on the schedule; two
 *     findings of one kind at one place are the same finding, also of two variants
 * @param threads every thread of the scenario, as it stood at the end
 * @param schedule the text that {@code replay} takes
 * @param steps the interleaving
 */
public record Finding(
    FindingKind kind,
    String message,
    String place,
    List<ThreadReport> threads,
    String schedule,
    List<InterleavingStep> steps) {
  public Finding {
    threads = List.copyOf(threads);
    steps = InterleavingStep.copyFor(steps, threads.size());
  }
}
