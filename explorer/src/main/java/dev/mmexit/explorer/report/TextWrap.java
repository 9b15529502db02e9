package dev.mmexit.explorer.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Breaks text into lines that fit a width: between words, within a long name after {@code _} and
 * the like.
 */
final class TextWrap {
  private static final String BREAK_AFTER = "_>/.,;:()-=";

  private TextWrap() {}

  /** The lines of {@code text}, the first after {@code first}, all others after {@code other}. */
  static List<String> wrap(String first, String other, String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(first);
    boolean empty = true;
    for (String word : printable(text).split(" +", -1)) {
      String rest = word;
      if (!empty && line.length() + 1 + rest.length() > width) {
        lines.add(line.toString());
        line = new StringBuilder(other);
        empty = true;
      }
      if (!empty) {
        line.append(' ');
      }
      while (line.length() + rest.length() > width) {
        int cut = cut(rest, Math.max(1, width - line.length()));
        lines.add(line.append(rest, 0, cut).toString());
        rest = rest.substring(cut);
        line = new StringBuilder(other);
      }
      line.append(rest);
      empty = false;
    }
    lines.add(line.toString());
    return lines;
  }

  /** The lines of {@code text}, with no indentation. */
  static List<String> wrap(String text, int width) {
    return wrap("", "", text, width);
  }

  /** {@code text} with anything that would move the cursor made visible. */
  static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }

  private static int cut(String word, int room) {
    if (room >= word.length()) {
      return word.length();
    }
    for (int end = room; end > room / 2; end--) {
      if (BREAK_AFTER.indexOf(word.charAt(end - 1)) >= 0) {
        return end;
      }
    }
    return room;
  }
}
