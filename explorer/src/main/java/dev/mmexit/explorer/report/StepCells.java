package dev.mmexit.explorer.report;

import dev.mmexit.explorer.result.InterleavingStep;
import dev.mmexit.explorer.result.StepLine;
import dev.mmexit.explorer.result.ThreadReport;
import dev.mmexit.explorer.result.ThreadStatus;
import java.util.ArrayList;
import java.util.List;

/** The text of steps, wrapped for a cell. Functions are named where a thread's function changes. */
final class StepCells {
  private static final String INDENT = "  ";
  private static final int MAX_DEPTH = 12;

  private final boolean nested;
  private final List<String> shown = new ArrayList<>();

  /**
   * Starts an interleaving.
   *
   * @param nested whether calls are indented, for which a column must be wide
   */
  StepCells(boolean nested) {
    this.nested = nested;
  }

  /** What the thread did, in lines of at most {@code width}. */
  List<String> action(InterleavingStep step, int width) {
    List<String> lines = new ArrayList<>();
    for (StepLine line : step.lines()) {
      String indent = nested ? " ".repeat(Math.min(line.depth(), MAX_DEPTH)) : "";
      String place = line.depth() + " " + line.function();
      if (!place.equals(lastPlace(step.thread()))) {
        lines.addAll(TextWrap.wrap(indent, indent, line.function() + "()", width));
        shown.set(step.thread(), place);
      }
      if (!line.text().isBlank()) {
        String inner = indent + INDENT;
        lines.addAll(TextWrap.wrap(inner, inner + INDENT, line.text(), width));
      }
    }
    return lines.isEmpty() ? List.of("-") : lines;
  }

  /** The locks held after the step. */
  static List<String> held(InterleavingStep step, int width) {
    return step.held().isEmpty() ? List.of() : TextWrap.wrap(heldText(step), width);
  }

  /** The locks held after the step, in one line. */
  static String heldText(InterleavingStep step) {
    return String.join(", ", step.held());
  }

  /** How a thread ended; nothing where it could have gone on. */
  static List<String> end(ThreadReport thread, int width) {
    if (thread.status() == ThreadStatus.RUNNING) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    if (thread.status() == ThreadStatus.BLOCKED) {
      lines.add("*BLOCKED*");
      if (thread.waitsFor() != null) {
        lines.addAll(TextWrap.wrap(INDENT, INDENT + INDENT, "on " + thread.waitsFor(), width));
      }
    } else {
      lines.add(thread.status().label());
    }
    return lines;
  }

  private String lastPlace(int thread) {
    while (shown.size() <= thread) {
      shown.add("");
    }
    return shown.get(thread);
  }
}
