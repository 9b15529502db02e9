package dev.mmexit.reproduce.match;

import dev.mmexit.explorer.result.Finding;
import dev.mmexit.explorer.result.InterleavingStep;
import dev.mmexit.explorer.result.StepLine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The stacks that the threads of an interleaving had on the way. */
final class Stacks {
  private final Finding finding;

  Stacks(Finding finding) {
    this.finding = finding;
  }

  /**
   * The stack at the last line of a thread that is as asked for, innermost first; empty where there
   * is none.
   *
   * @param thread the thread's name
   */
  List<String> last(String thread, Predicate<StepLine> wanted) {
    Map<Integer, List<String>> open = new HashMap<>();
    List<String> found = List.of();
    for (InterleavingStep step : finding.steps()) {
      List<String> stack = open.computeIfAbsent(step.thread(), unknown -> new ArrayList<>());
      for (StepLine line : step.lines()) {
        while (stack.size() > line.depth()) {
          stack.remove(stack.size() - 1);
        }
        while (stack.size() < line.depth()) {
          stack.add("");
        }
        stack.add(line.function());
        if (finding.threads().get(step.thread()).name().equals(thread) && wanted.test(line)) {
          found = List.copyOf(stack);
        }
      }
    }
    List<String> innermostFirst = new ArrayList<>(found);
    Collections.reverse(innermostFirst);
    innermostFirst.removeIf(String::isEmpty);
    return innermostFirst;
  }
}
