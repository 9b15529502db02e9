package dev.mmexit.explorer.search;

import dev.mmexit.explorer.engine.Choice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Small numbers for the names that contexts have in every execution. */
final class Labels {
  /** As many as an edge of the {@link StateGraph} can tell apart. */
  static final int MAX = 256;

  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> names = new ArrayList<>();

  /** The number of {@code name}. */
  synchronized int number(String name) {
    Integer known = numbers.get(name);
    if (known != null) {
      return known;
    }
    if (names.size() == MAX) {
      throw new TooLarge("more than " + MAX + " contexts");
    }
    numbers.put(name, names.size());
    names.add(name);
    return names.size() - 1;
  }

  /** The name with this number. */
  synchronized String name(int number) {
    return names.get(number);
  }

  /** For each number that of the context's own name, whether its call fails or not. */
  synchronized int[] contexts() {
    int[] contexts = new int[names.size()];
    for (int i = 0; i < contexts.length; i++) {
      String name = names.get(i);
      contexts[i] =
          name.endsWith(Choice.FAILS)
              ? number(name.substring(0, name.length() - Choice.FAILS.length()))
              : i;
    }
    return contexts;
  }

  /** For each number its place in the order of names, which no search order changes. */
  synchronized int[] ranks() {
    List<String> sorted = new ArrayList<>(names);
    sorted.sort(null);
    int[] ranks = new int[names.size()];
    for (int i = 0; i < ranks.length; i++) {
      ranks[i] = sorted.indexOf(names.get(i));
    }
    return ranks;
  }
}
