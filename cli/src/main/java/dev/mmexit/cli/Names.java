package dev.mmexit.cli;

import java.util.Collection;
import java.util.Comparator;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Helps those who mistyped a name. */
final class Names {
  private Names() {}

  /** {@code , did you mean X?} with the nearest of {@code names}; nothing where none is near. */
  static String suggestion(String name, Collection<String> names) {
    LevenshteinDistance distance = new LevenshteinDistance(Math.max(1, name.length() / 2));
    return names.stream()
        .filter(other -> distance.apply(name, other) >= 0)
        .min(Comparator.comparing((String other) -> distance.apply(name, other)))
        .map(nearest -> ", did you mean " + nearest + "?")
        .orElse("");
  }
}
