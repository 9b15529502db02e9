package dev.mmexit.explorer.report;

import java.util.List;
import java.util.function.UnaryOperator;

/** Rows of cells of several lines each, in columns of given widths with {@code |} between them. */
final class Grid {
  private static final String SEPARATOR = " | ";

  private final int[] widths;
  private final StringBuilder text = new StringBuilder();

  Grid(int[] widths) {
    this.widths = widths.clone();
  }

  /** The width that is left for the cells of {@code columns} columns. */
  static int room(int width, int columns) {
    return width - SEPARATOR.length() * (columns - 1);
  }

  /** Adds a row; {@code paint} is given each line of a cell and must not change how wide it is. */
  void row(List<List<String>> cells, UnaryOperator<String> paint) {
    int height = cells.stream().mapToInt(List::size).max().orElse(0);
    for (int line = 0; line < height; line++) {
      StringBuilder row = new StringBuilder();
      for (int column = 0; column < widths.length; column++) {
        List<String> cell = cells.get(column);
        String content = line < cell.size() ? cell.get(line) : "";
        row.append(column == 0 ? "" : SEPARATOR).append(paint.apply(content));
        row.append(" ".repeat(Math.max(0, widths[column] - content.length())));
      }
      text.append(row.toString().stripTrailing()).append('\n');
    }
  }

  /** Adds a line across. */
  void rule() {
    for (int column = 0; column < widths.length; column++) {
      text.append(column == 0 ? "" : "-+-").append("-".repeat(widths[column]));
    }
    text.append('\n');
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
