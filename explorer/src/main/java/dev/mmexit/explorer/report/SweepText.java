package dev.mmexit.explorer.report;

import dev.mmexit.explorer.MemoryModel;
import dev.mmexit.explorer.result.SweepResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * A sweep as text: a table of the kinds of findings by size, then each distinct finding with the
 * smallest scenario that shows it.
 */
public final class SweepText {
  private final Style style;
  private final int width;

  /** A report of that width. */
  public SweepText(Style style, int width) {
    this.style = style;
    this.width = width;
  }

  /** The whole report; {@code brief} leaves out the scenarios and interleavings. */
  public String of(SweepResult sweep, boolean brief) {
    Page page = new Page(width);
    page.line(style.bold("Sweep " + title(sweep)));
    page.line("").lines(table(sweep));
    int number = 1;
    for (SweepResult.Distinct finding : sweep.findings()) {
      page.line("");
      finding(sweep, finding, number++, brief, page);
    }
    return page.line("").lines(closing(sweep)).toString();
  }

  /** The line that closes a sweep. */
  public String closing(SweepResult sweep) {
    long clean = sum(sweep, SweepResult.Column::clean);
    long incomplete = sum(sweep, SweepResult.Column::incomplete);
    long refused = sum(sweep, SweepResult.Column::refused);
    String counts =
        String.format(
            Locale.ROOT,
            "%d scenarios: %d clean, %d with findings, %d incomplete",
            sweep.scenarios(),
            clean,
            sum(sweep, SweepResult.Column::complete) - clean,
            incomplete);
    String more = refused > 0 ? ", " + refused + " whose set-up fails on this variant" : "";
    int distinct = sweep.findings().size();
    return new Page(width)
        .wrapped(
            "",
            "  ",
            counts + more + "; " + distinct + " distinct finding" + (distinct == 1 ? "" : "s"))
        .toString();
  }

  private static String title(SweepResult sweep) {
    return sweep.size() + (sweep.any() ? " --any" : "") + " on " + sweep.variant();
  }

  private static long sum(SweepResult sweep, ToLongFunction<SweepResult.Column> count) {
    return sweep.columns().stream().mapToLong(count).sum();
  }

  private String table(SweepResult sweep) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(row("", sweep, SweepResult.Column::size));
    rows.add(row("scenarios", sweep, column -> String.valueOf(column.scenarios())));
    rows.add(row("clean", sweep, column -> String.valueOf(column.clean())));
    rows.add(row("incomplete", sweep, column -> String.valueOf(column.incomplete())));
    for (SweepResult.Row kind : sweep.kinds()) {
      List<String> cells = new ArrayList<>(List.of(kind.kind().label()));
      kind.scenarios().forEach(count -> cells.add(String.valueOf(count)));
      rows.add(cells);
    }
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    Grid grid = new Grid(widths);
    for (List<String> row : rows) {
      grid.row(cells(row, widths), line -> line);
      if (row == rows.get(0)) {
        grid.rule();
      }
    }
    return grid.toString();
  }

  private static List<String> row(
      String title, SweepResult sweep, Function<SweepResult.Column, String> cell) {
    List<String> cells = new ArrayList<>(List.of(title));
    sweep.columns().forEach(column -> cells.add(cell.apply(column)));
    return cells;
  }

  /** Numbers stand at the right. */
  private static List<List<String>> cells(List<String> row, int[] widths) {
    List<List<String>> cells = new ArrayList<>();
    for (int i = 0; i < widths.length; i++) {
      String cell = row.get(i);
      cells.add(List.of(i == 0 ? cell : " ".repeat(widths[i] - cell.length()) + cell));
    }
    return cells;
  }

  private void finding(
      SweepResult sweep, SweepResult.Distinct finding, int number, boolean brief, Page page) {
    page.line(
        style.bold("Finding " + number + ": ")
            + style.red(finding.kind().label())
            + ", in "
            + finding.count()
            + (finding.count() == 1 ? " scenario" : " scenarios"));
    page.wrapped("  at ", "     ", finding.place());
    finding.functions().forEach(functions -> page.wrapped("  in ", "     ", functions));
    page.line("  first in " + finding.scenario());
    if (brief) {
      return;
    }
    page.line("").lines(finding.text()).line("");
    FindingText.write(finding.found(), page, style);
    List<String> words = new ArrayList<>(List.of("mmexit", "generate", "--size", sweep.size()));
    if (sweep.any()) {
      words.add("--any");
    }
    words.addAll(List.of("--number", String.valueOf(finding.number()), "--output", "."));
    page.line("scenario: " + ReplayCommand.quoted(words));
    page.line(
        "replay:   "
            + ReplayCommand.of(
                finding.scenario() + ".litmus",
                sweep.variant(),
                MemoryModel.parse(sweep.memory()),
                finding.found().schedule()));
  }
}
