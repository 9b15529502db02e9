package dev.mmexit.kernel.threads;

import dev.mmexit.kernel.KernelBug;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * @param bug what ended it, a deadlock included; null where every context came to its end
 * @param warnings the {@code WARN_ON} that fired, in the order in which they did
 * @param stacks the modelled functions that were open, outermost first, in each context that was
 *     stopped inside of one
 */
public record RunResult(
    @Nullable KernelBug bug, List<String> warnings, Map<String, List<String>> stacks) {
  /** Whether nothing was found. */
  public boolean isClean() {
    return bug == null && warnings.isEmpty();
  }
}
