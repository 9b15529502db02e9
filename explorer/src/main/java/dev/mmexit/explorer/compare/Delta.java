package dev.mmexit.explorer.compare;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What one list has and the other has not.
 *
 * @param gained what only the other has
 * @param lost what only the base has
 */
public record Delta<T>(List<T> gained, List<T> lost) {
  public Delta {
    gained = List.copyOf(gained);
    lost = List.copyOf(lost);
  }

  static <T> Delta<T> of(Collection<T> base, Collection<T> other) {
    return new Delta<>(without(other, base), without(base, other));
  }

  private static <T> List<T> without(Collection<T> all, Collection<T> some) {
    Set<T> rest = new LinkedHashSet<>(all);
    rest.removeAll(Set.copyOf(some));
    return List.copyOf(rest);
  }

  /** How many there are of both. */
  public int size() {
    return gained.size() + lost.size();
  }
}
