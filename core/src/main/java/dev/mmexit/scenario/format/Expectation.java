package dev.mmexit.scenario.format;

import dev.mmexit.kernel.FindingKind;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * {@code expect VARIANT: KINDS}: the exact set of finding kinds that exploring the scenario on that
 * variant yields.
 *
 * @param kinds in the order of {@link FindingKind}; empty for {@code clean}
 */
public record Expectation(String variant, Set<FindingKind> kinds, Position position) {
  public Expectation {
    kinds = sorted(kinds);
  }

  private static Set<FindingKind> sorted(Collection<FindingKind> kinds) {
    EnumSet<FindingKind> sorted = EnumSet.noneOf(FindingKind.class);
    sorted.addAll(kinds);
    return Collections.unmodifiableSet(sorted);
  }
}
