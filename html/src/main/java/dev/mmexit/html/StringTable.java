package dev.mmexit.html;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Each string once, and a number for it elsewhere: steps repeat few of them very often. */
final class StringTable {
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> strings = new ArrayList<>();

  /** The number that stands for {@code string}. */
  int number(String string) {
    return numbers.computeIfAbsent(
        string,
        added -> {
          strings.add(added);
          return strings.size() - 1;
        });
  }

  /** The numbers that stand for {@code all}. */
  List<Integer> numbers(List<String> all) {
    return all.stream().map(this::number).toList();
  }

  /** The strings by their numbers. */
  List<String> strings() {
    return Collections.unmodifiableList(strings);
  }
}
