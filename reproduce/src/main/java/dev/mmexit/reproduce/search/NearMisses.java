package dev.mmexit.reproduce.search;

import dev.mmexit.reproduce.match.Match;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The nearest findings so far, each kind and place once whatever the objects are called. */
final class NearMisses {
  private static final int MOST = 5;
  private static final Pattern NUMBERS = Pattern.compile("\\b[A-Z](\\d+)\\b");
  private static final Comparator<NearMiss> NEAREST =
      Comparator.comparing(NearMiss::match, Match.BEST_FIRST);

  private final Map<String, NearMiss> nearest = new TreeMap<>();

  void add(NearMiss miss) {
    String place =
        miss.match().finding().kind()
            + " "
            + NUMBERS.matcher(miss.match().finding().place()).replaceAll("");
    nearest.merge(place, miss, (one, other) -> NEAREST.compare(one, other) <= 0 ? one : other);
    if (nearest.size() > 8 * MOST) {
      List<String> far =
          nearest.entrySet().stream()
              .sorted(Map.Entry.comparingByValue(NEAREST))
              .skip(MOST)
              .map(Map.Entry::getKey)
              .toList();
      far.forEach(nearest::remove);
    }
  }

  List<NearMiss> best() {
    List<NearMiss> all = new ArrayList<>(nearest.values());
    all.sort(NEAREST);
    return all.subList(0, Math.min(MOST, all.size()));
  }
}
