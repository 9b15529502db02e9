package dev.mmexit.reproduce.match;

import dev.mmexit.reproduce.read.ReportedThread;
import dev.mmexit.reproduce.read.Waits;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thread of a report, as far as the model can tell anything of it.
 *
 * @param thread the thread
 * @param functions those of its functions that the model has, innermost first
 * @param sure whether the unwinder stands for them; else there is nothing better
 * @param inner the innermost function that the model does not have, where it is inside of all that
 *     the model has; null where there is none
 * @param waits what kind of thing it waits for, where the model has the function that waits
 * @param waitsFor the class of that lock; null where it is not known
 * @param holds the classes of the locks that it holds, as far as the model has them
 */
public record Place(
    ReportedThread thread,
    List<String> functions,
    boolean sure,
    @Nullable String inner,
    Waits waits,
    @Nullable String waitsFor,
    List<String> holds) {
  public Place {
    functions = List.copyOf(functions);
    holds = List.copyOf(holds);
  }

  /** Whether the model has anything of it. */
  public boolean isModelled() {
    return !functions.isEmpty();
  }
}
