package dev.mmexit.explorer.result;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one scenario did under one schedule.
 *
 * @param tool the program that made it
 * @param scenario the scenario's name
 * @param file the file it was read from, as it was given
 * @param variant the variant run
 * @param schedule the schedule it ran under
 * @param threads every thread, as it stood at the end
 * @param steps the interleaving
 * @param findings what was found; several where a warning came before, or at the end
 * @param finalState the state at the end, or null where a thread had not finished
 */
public record ReplayResult(
    Tool tool,
    String scenario,
    String file,
    String variant,
    String schedule,
    List<ThreadReport> threads,
    List<InterleavingStep> steps,
    List<ReplayFinding> findings,
    @Nullable FinalState finalState) {
  public ReplayResult {
    threads = List.copyOf(threads);
    steps = InterleavingStep.copyFor(steps, threads.size());
    findings = List.copyOf(findings);
  }
}
