package dev.mmexit.explorer.report;

import dev.mmexit.explorer.result.ThreadReport;
import dev.mmexit.explorer.result.ThreadStatus;
import java.util.List;

/**
 * How each thread ended: what it waits for, who would end the wait, what it holds and where it is.
 */
final class ThreadText {
  private static final String INDENT = "  ";
  private static final String CONTINUED = "      ";

  private ThreadText() {}

  static void write(List<ThreadReport> threads, Page page) {
    for (ThreadReport thread : threads) {
      page.wrapped(INDENT, CONTINUED, thread.title() + ": " + state(thread));
      if (!thread.stack().isEmpty()) {
        page.wrapped(CONTINUED, CONTINUED + "   ", "in " + String.join(" <- ", thread.stack()));
      }
    }
  }

  private static String state(ThreadReport thread) {
    StringBuilder state = new StringBuilder(thread.status().label());
    if (thread.waitsFor() != null) {
      state.append(", waits for ").append(thread.waitsFor());
    }
    if (thread.endedBy() != null) {
      state.append(", which ").append(thread.endedBy()).append(" would end");
    } else if (thread.status() == ThreadStatus.BLOCKED) {
      state.append(", which nothing would end");
    }
    if (!thread.holds().isEmpty()) {
      state.append("; holds ").append(String.join(", ", thread.holds()));
    } else if (thread.status() == ThreadStatus.BLOCKED) {
      state.append("; holds nothing");
    }
    return state.toString();
  }
}
