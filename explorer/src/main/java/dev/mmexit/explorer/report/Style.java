package dev.mmexit.explorer.report;

/**
 * How a text report stresses words. Colour never says anything that the words do not.
 *
 * @param color whether to use ANSI escape sequences
 */
public record Style(boolean color) {
  /** No escape sequences. */
  public static final Style PLAIN = new Style(false);

  /** For headings. */
  public String bold(String text) {
    return paint("1", text);
  }

  /** For what is wrong. */
  public String red(String text) {
    return paint("31;1", text);
  }

  /** For what is as it should be. */
  public String green(String text) {
    return paint("32", text);
  }

  /** For what is not settled. */
  public String yellow(String text) {
    return paint("33", text);
  }

  private String paint(String code, String text) {
    return color && !text.isBlank() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
