package dev.mmexit.scenario.format;

import dev.mmexit.scenario.grammar.LitmusLexer;
import java.util.List;
import org.antlr.v4.runtime.Token;

/** How pieces of a scenario are quoted in sentences about it. */
final class Words {
  static final List<String> OPERATIONS =
      List.of(
          "attach",
          "detach",
          "bind",
          "unbind",
          "exit",
          "exec",
          "fork",
          "clone",
          "open",
          "close",
          "munmap",
          "fault",
          "dma",
          "map",
          "unmap",
          "pin",
          "set-container",
          "unset-container",
          "nop");
  static final List<String> DECLARATIONS =
      List.of("container", "group", "process", "fail", "memory");

  private static final int LONGEST = 40;

  private Words() {}

  /** What a token is to the author of the file. */
  static String show(Token token) {
    String text = token.getText();
    if (token.getType() == Token.EOF) {
      return "the end of the file";
    }
    return switch (token.getType()) {
      case LitmusLexer.NEWLINE ->
          switch (text) {
            case "" -> "the end of the file";
            case "\n" -> "the end of the line";
            default -> quote(text);
          };
      case LitmusLexer.STRING -> "a text in quotes";
      default -> quote(text);
    };
  }

  /** The text in single quotes, shortened, with nothing in it that a terminal would not show. */
  static String quote(String text) {
    int[] points = text.codePoints().limit(LONGEST + 1).toArray();
    StringBuilder shown = new StringBuilder("'");
    for (int i = 0; i < Math.min(points.length, LONGEST); i++) {
      if (isShown(points[i])) {
        shown.appendCodePoint(points[i]);
      } else {
        shown.append(String.format("\\u%04x", points[i]));
      }
    }
    return shown.append(points.length > LONGEST ? "...'" : "'").toString();
  }

  private static boolean isShown(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  /** {@code a, b or c}. */
  static String anyOf(List<String> words) {
    int last = words.size() - 1;
    return last < 1
        ? String.join("", words)
        : String.join(", ", words.subList(0, last)) + " or " + words.get(last);
  }
}
