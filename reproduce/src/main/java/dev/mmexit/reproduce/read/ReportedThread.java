package dev.mmexit.reproduce.read;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a report says of one task at one moment.
 *
 * @param task its name and number, such as {@code qemu:1234}; empty where the report does not say
 * @param role what the stack stands for
 * @param frames the functions that it was in, innermost first
 * @param waitsFor the lock that it waits for or takes, as lockdep names it; null where that is not
 *     said
 * @param holds the locks that it holds, likewise, in the order in which it took them
 */
public record ReportedThread(
    String task, Role role, List<Frame> frames, @Nullable String waitsFor, List<String> holds) {
  public ReportedThread {
    frames = List.copyOf(frames);
    holds = List.copyOf(holds);
  }
}
