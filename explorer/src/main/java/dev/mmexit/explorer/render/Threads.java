package dev.mmexit.explorer.render;

import dev.mmexit.explorer.result.ThreadReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The threads of a finding. */
final class Threads {
  private Threads() {}

  /** The index of the thread of that name; -1 where it names none. */
  static int index(List<ThreadReport> threads, @Nullable String name) {
    for (int i = 0; i < threads.size(); i++) {
      if (threads.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }
}
