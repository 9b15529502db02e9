package dev.mmexit.reproduce.match;

import dev.mmexit.reproduce.read.Waits;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thread of a finding, at the moment that a place of a report is compared with.
 *
 * @param name the thread's name
 * @param stack the functions that it was in, innermost first
 * @param partial whether only the innermost of them is known
 * @param waits what kind of thing it waits for
 * @param waitsFor the class of the lock or event that it waits for; null where it does not wait
 * @param holds the classes of the locks that it holds
 */
record Party(
    String name,
    List<String> stack,
    boolean partial,
    Waits waits,
    @Nullable String waitsFor,
    List<String> holds) {
  Party {
    stack = List.copyOf(stack);
    holds = List.copyOf(holds);
  }

  /** One that does not wait. */
  static Party at(String name, List<String> stack, boolean partial) {
    return new Party(name, stack, partial, Waits.UNKNOWN, null, List.of());
  }
}
