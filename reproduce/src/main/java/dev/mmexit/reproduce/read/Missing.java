package dev.mmexit.reproduce.read;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a report lacks. */
final class Missing {
  private Missing() {}

  /** What a report of that symptom has, and one with these threads has not. */
  static List<String> of(Symptom symptom, List<ReportedThread> threads) {
    List<String> missing = new ArrayList<>();
    switch (symptom) {
      case BLOCKED -> {
        for (ReportedThread thread : threads) {
          if (thread.frames().isEmpty()) {
            missing.add("the call trace of " + thread.task());
          }
        }
        if (threads.isEmpty()) {
          missing.add("every task");
        }
      }
      case CIRCULAR -> {
        if (threads.size() < 2) {
          missing.add("the chain of dependencies");
        }
        for (ReportedThread link : threads) {
          if (link.frames().isEmpty()) {
            missing.add("the stack of who took " + lock(link.waitsFor()));
          }
        }
      }
      case DATA_RACE -> {
        long stacks = threads.stream().filter(thread -> !thread.frames().isEmpty()).count();
        if (stacks < 2) {
          missing.add(stacks == 0 ? "both stacks" : "the stack of the other access");
        }
      }
      case USE_AFTER_FREE, DOUBLE_FREE -> {
        add(missing, threads, Role.ACCESS, "the call trace");
        add(missing, threads, Role.FREED, "the stack of who freed the object");
        add(missing, threads, Role.ALLOCATED, "the stack of who allocated the object");
      }
      default -> add(missing, threads, Role.ACCESS, "the call trace");
    }
    return missing;
  }

  private static void add(
      List<String> missing, List<ReportedThread> threads, Role role, String what) {
    boolean there =
        threads.stream().anyMatch(thread -> thread.role() == role && !thread.frames().isEmpty());
    if (!there) {
      missing.add(what);
    }
  }

  private static String lock(@Nullable String lock) {
    return lock == null ? "a lock" : lock;
  }
}
