package dev.mmexit.explorer.report;

import dev.mmexit.explorer.result.InterleavingStep;
import dev.mmexit.explorer.result.ThreadReport;
import dev.mmexit.explorer.result.ThreadStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * An interleaving as a table: one column for each thread that takes part and one row for each step,
 * with the locks held on the side. Where columns would be too narrow to read, the steps of all
 * threads are in one column with the thread's name in front, each name in a place of its own.
 */
final class InterleavingText {
  private static final int NARROWEST = 18;
  private static final int[] HELD_WIDTH = {28, 28, 24, 20, 16, 14};

  private final List<ThreadReport> threads;
  private final List<InterleavingStep> steps;
  private final int width;
  private final Style style;
  private final List<Integer> columns = new ArrayList<>();
  private final int numberWidth;
  private final boolean anyHeld;
  private final boolean anyBlocked;

  private InterleavingText(
      List<ThreadReport> threads, List<InterleavingStep> steps, int width, Style style) {
    this.threads = threads;
    this.steps = steps;
    this.width = width;
    this.style = style;
    for (int i = 0; i < threads.size(); i++) {
      int thread = i;
      if (threads.get(i).status() == ThreadStatus.BLOCKED
          || steps.stream().anyMatch(step -> step.thread() == thread)) {
        columns.add(i);
      }
    }
    numberWidth = Math.max(3, String.valueOf(steps.size()).length());
    anyHeld = steps.stream().anyMatch(step -> !step.held().isEmpty());
    anyBlocked = threads.stream().anyMatch(thread -> thread.status() == ThreadStatus.BLOCKED);
  }

  /** The table, in lines of at most {@code width}; empty where there are no steps. */
  static String of(
      List<ThreadReport> threads, List<InterleavingStep> steps, int width, Style style) {
    if (steps.isEmpty()) {
      return "";
    }
    InterleavingText text = new InterleavingText(threads, steps, width, style);
    int[] widths = text.columnWidths();
    boolean narrow = Arrays.stream(widths).anyMatch(w -> w < 0);
    return narrow ? text.list() : text.table(widths);
  }

  private String table(int[] widths) {
    int heldWidth = heldWidth(columns.size());
    Grid grid = grid(widths, heldWidth);
    List<List<String>> header = new ArrayList<>();
    for (int i = 0; i < widths.length; i++) {
      header.add(TextWrap.wrap(threads.get(columns.get(i)).title(), widths[i]));
    }
    row(grid, "", header, anyHeld ? List.of("holds") : List.of(), style::bold);
    grid.rule();
    StepCells cells = new StepCells(columns.size() == 1);
    for (int i = 0; i < steps.size(); i++) {
      InterleavingStep step = steps.get(i);
      List<List<String>> row = emptyCells();
      int column = columns.indexOf(step.thread());
      row.set(column, cells.action(step, widths[column]));
      row(grid, String.valueOf(i + 1), row, StepCells.held(step, heldWidth), this::mark);
    }
    if (anyBlocked) {
      grid.rule();
      List<List<String>> row = new ArrayList<>();
      for (int i = 0; i < widths.length; i++) {
        row.add(StepCells.end(threads.get(columns.get(i)), widths[i]));
      }
      row(grid, "end", row, List.of(), this::mark);
    }
    return grid.toString();
  }

  private String list() {
    int lanes = columns.stream().mapToInt(i -> threads.get(i).name().length() + 1).sum() - 1;
    int heldWidth = heldWidth(1);
    int room = Grid.room(width, anyHeld ? 4 : 3) - numberWidth - heldWidth;
    boolean staggered = lanes <= room / 2;
    int nameWidth = staggered ? lanes : Math.min(room / 4, longestName());
    int actionWidth = room - nameWidth;
    Grid grid = grid(new int[] {nameWidth, actionWidth}, heldWidth);
    List<List<String>> header = List.of(List.of(), List.of());
    row(grid, "", header, anyHeld ? List.of("holds") : List.of(), style::bold);
    grid.rule();
    StepCells cells = new StepCells(true);
    for (int i = 0; i < steps.size(); i++) {
      InterleavingStep step = steps.get(i);
      List<List<String>> row =
          List.of(name(step.thread(), staggered, nameWidth), cells.action(step, actionWidth));
      row(grid, String.valueOf(i + 1), row, StepCells.held(step, heldWidth), this::mark);
    }
    if (anyBlocked) {
      grid.rule();
    }
    for (int i : anyBlocked ? columns : List.<Integer>of()) {
      List<String> end = StepCells.end(threads.get(i), actionWidth);
      row(grid, "end", List.of(name(i, staggered, nameWidth), end), List.of(), this::mark);
    }
    return grid.toString();
  }

  /** The thread's name; staggered, it stands in a place of its own, so that switches are seen. */
  private List<String> name(int thread, boolean staggered, int nameWidth) {
    String name = threads.get(thread).name();
    if (!staggered) {
      return TextWrap.wrap(name, nameWidth);
    }
    int before =
        columns.stream()
            .takeWhile(i -> i != thread)
            .mapToInt(i -> threads.get(i).name().length() + 1)
            .sum();
    return List.of(" ".repeat(before) + TextWrap.printable(name));
  }

  private int longestName() {
    return columns.stream().mapToInt(i -> threads.get(i).name().length()).max().orElse(1);
  }

  private Grid grid(int[] cells, int heldWidth) {
    int[] all = new int[cells.length + (anyHeld ? 2 : 1)];
    all[0] = numberWidth;
    System.arraycopy(cells, 0, all, 1, cells.length);
    if (anyHeld) {
      all[all.length - 1] = heldWidth;
    }
    return new Grid(all);
  }

  private void row(
      Grid grid,
      String number,
      List<List<String>> cells,
      List<String> held,
      UnaryOperator<String> paint) {
    List<List<String>> row = new ArrayList<>();
    row.add(List.of(" ".repeat(Math.max(0, numberWidth - number.length())) + number));
    row.addAll(cells);
    if (anyHeld) {
      row.add(held);
    }
    grid.row(row, paint);
  }

  private String mark(String line) {
    return line.startsWith("*BLOCKED*") ? style.red(line) : line;
  }

  private List<List<String>> emptyCells() {
    List<List<String>> cells = new ArrayList<>();
    columns.forEach(column -> cells.add(List.of()));
    return cells;
  }

  private int heldWidth(int cells) {
    int most = HELD_WIDTH[Math.min(cells, HELD_WIDTH.length - 1)];
    int need = steps.stream().mapToInt(step -> StepCells.heldText(step).length()).max().orElse(0);
    return anyHeld ? Math.max("holds".length(), Math.min(most, need)) : 0;
  }

  /**
   * The widths of the threads' columns: what each needs, where there is room for it, and else equal
   * parts of what the others leave. A column that would be narrower than is readable gets -1.
   */
  private int[] columnWidths() {
    int[] needs = needs();
    int[] widths = new int[needs.length];
    int room =
        Grid.room(width, needs.length + (anyHeld ? 2 : 1)) - numberWidth - heldWidth(needs.length);
    Integer[] order = new Integer[needs.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Integer.compare(needs[a], needs[b]));
    for (int i = 0; i < order.length; i++) {
      int share = room / (order.length - i);
      int given = Math.min(needs[order[i]], share);
      widths[order[i]] = given < needs[order[i]] && given < NARROWEST ? -1 : given;
      room -= given;
    }
    return widths;
  }

  private int[] needs() {
    int[] needs = new int[columns.size()];
    StepCells cells = new StepCells(columns.size() == 1);
    for (int i = 0; i < needs.length; i++) {
      ThreadReport thread = threads.get(columns.get(i));
      needs[i] = Math.max(thread.title().length(), longest(StepCells.end(thread, 1000)));
    }
    for (InterleavingStep step : steps) {
      int column = columns.indexOf(step.thread());
      needs[column] = Math.max(needs[column], longest(cells.action(step, 1000)));
    }
    return needs;
  }

  private static int longest(List<String> lines) {
    return lines.stream().mapToInt(String::length).max().orElse(0);
  }
}
