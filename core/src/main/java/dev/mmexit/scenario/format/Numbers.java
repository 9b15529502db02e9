package dev.mmexit.scenario.format;

import java.util.OptionalInt;

/** Reads decimal numbers of any length. */
final class Numbers {
  private Numbers() {}

  /** The number; empty if the text is none, or is outside the range. */
  static OptionalInt parse(String text, int lowest, int highest) {
    if (!text.matches("-?[0-9]+")) {
      return OptionalInt.empty();
    }
    try {
      int number = Integer.parseInt(text);
      return lowest <= number && number <= highest ? OptionalInt.of(number) : OptionalInt.empty();
    } catch (NumberFormatException tooLong) {
      return OptionalInt.empty();
    }
  }
}
