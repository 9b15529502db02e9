package dev.mmexit.explorer.report;

/** Lines of text that fit a width. */
final class Page {
  private final int width;
  private final StringBuilder text = new StringBuilder();

  Page(int width) {
    this.width = width;
  }

  int width() {
    return width;
  }

  /**
   * Adds {@code content}, wrapped, with its first line after {@code first} and others after {@code
   * other}.
   */
  Page wrapped(String first, String other, String content) {
    TextWrap.wrap(first, other, content, width).forEach(this::line);
    return this;
  }

  /** Adds one line as it is. */
  Page line(String line) {
    text.append(line).append('\n');
    return this;
  }

  /** Adds lines as they are. */
  Page lines(String lines) {
    text.append(lines);
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
