package dev.mmexit.scenario.format;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** What somebody may have meant who wrote a name that there is not. */
public final class Nearest {
  private Nearest() {}

  /** The known name that differs in the fewest letters, the first of these; no far one. */
  public static Optional<String> of(String word, Collection<String> known) {
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    return known.stream()
        .filter(name -> distance.apply(word, name) <= Math.max(word.length(), name.length()) / 2)
        .min(Comparator.comparing(name -> distance.apply(word, name)));
  }
}
