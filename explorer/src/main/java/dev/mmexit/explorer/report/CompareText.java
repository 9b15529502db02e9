package dev.mmexit.explorer.report;

import dev.mmexit.explorer.MemoryModel;
import dev.mmexit.explorer.compare.ComparedFinding;
import dev.mmexit.explorer.compare.Comparison;
import dev.mmexit.explorer.compare.ComparisonRow;
import dev.mmexit.explorer.compare.Delta;
import dev.mmexit.explorer.compare.RowStatus;
import dev.mmexit.explorer.compare.Side;
import dev.mmexit.explorer.result.FinalState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Two variants side by side as text: a table of all scenarios with what differs first, what was
 * gained and lost in each, the lock-order graph, and the counts in the last line.
 */
public final class CompareText {
  private static final int MAX_FINAL_STATES = 5;
  private static final int STATUS = 10;

  private final Style style;
  private final int width;
  private final @Nullable MemoryModel memory;

  /**
   * A report.
   *
   * @param memory what {@code --memory} said, for the commands that replay; null where nothing
   */
  public CompareText(Style style, int width, @Nullable MemoryModel memory) {
    this.style = style;
    this.width = width;
    this.memory = memory;
  }

  /** The whole report; {@code brief} leaves out the scenarios that are the same on both. */
  public String of(Comparison comparison, boolean brief) {
    Page page = new Page(width);
    page.line(style.bold("Compare " + comparison.base() + " with " + comparison.other()));
    List<ComparisonRow> rows =
        comparison.rows().stream().filter(row -> !brief || row.status() != RowStatus.SAME).toList();
    if (!rows.isEmpty()) {
      page.line("").lines(table(comparison, rows));
    }
    for (ComparisonRow row : rows) {
      if (row.findings().size() + row.finalStates().size() > 0) {
        details(comparison, row, page);
      }
    }
    page.line("");
    String extent = comparison.complete() ? "" : " (as far as was explored)";
    locks("Lock-order edges", comparison.lockEdges(), extent, page);
    locks("Lock-order cycles", comparison.cycles(), extent, page);
    return page.line("").lines(closing(comparison)).toString();
  }

  /** What it amounts to: a sentence, then the counts. */
  public String closing(Comparison comparison) {
    Page page = new Page(width);
    page.wrapped("", "  ", sentence(comparison));
    String counts =
        String.format(
            Locale.ROOT,
            "REGRESSED %d, FIXED %d, SAME %d, CHANGED %d",
            comparison.regressed(),
            comparison.fixed(),
            comparison.same(),
            comparison.changed());
    if (comparison.incomplete() > 0) {
      counts += ", INCOMPLETE " + comparison.incomplete();
    }
    return page.line(paint(worst(comparison)).apply(counts)).toString();
  }

  private static String sentence(Comparison comparison) {
    boolean allSame = comparison.same() == comparison.rows().size();
    if (allSame) {
      return String.format(
          "%s and %s are equivalent on %s: same finding kinds and final states; complete on both",
          comparison.base(), comparison.other(), scenarios(comparison.same()));
    }
    long bounded = comparison.rows().stream().filter(row -> !row.complete()).count();
    if (bounded > 0) {
      return "a bound ended the exploration of "
          + scenarios(bounded)
          + ": what was not found there may still be there";
    }
    return String.format(
        "%s and %s differ on %s",
        comparison.base(),
        comparison.other(),
        scenarios(comparison.rows().size() - (long) comparison.same()));
  }

  private static String scenarios(long count) {
    return count == 1 ? "1 scenario" : count + " scenarios";
  }

  private String table(Comparison comparison, List<ComparisonRow> rows) {
    List<List<String>> cells = new ArrayList<>();
    rows.forEach(row -> cells.add(cells(row)));
    List<String> titles =
        List.of("", "scenario", comparison.base(), comparison.other(), "final", "states");
    int[] widths = widths(titles, cells);
    Grid grid = new Grid(widths);
    grid.row(wrapped(titles, widths), style::bold);
    grid.rule();
    for (int i = 0; i < rows.size(); i++) {
      UnaryOperator<String> paint = paint(rows.get(i).status());
      String status = rows.get(i).status().name();
      grid.row(
          wrapped(cells.get(i), widths), line -> line.equals(status) ? paint.apply(line) : line);
    }
    return grid.toString();
  }

  private static List<String> cells(ComparisonRow row) {
    boolean states = row.finalStatesGained() + row.finalStatesLost() > 0;
    return List.of(
        row.status().name(),
        row.scenario(),
        kinds(row.base()),
        kinds(row.other()),
        states ? "+" + row.finalStatesGained() + " -" + row.finalStatesLost() : "",
        row.base().states() == row.other().states()
            ? String.valueOf(row.base().states())
            : row.base().states() + " -> " + row.other().states());
  }

  private static String kinds(Side side) {
    String kinds = side.kinds().isEmpty() ? "" : String.join(", ", side.kinds());
    if (side.bound() != null) {
      return (kinds.isEmpty() ? "" : kinds + " ") + "(bounded: " + side.bound() + ")";
    }
    return kinds.isEmpty() ? "clean" : kinds;
  }

  /** Numbers need their room; scenario and findings share what is left, by what they need. */
  private int[] widths(List<String> titles, List<List<String>> cells) {
    int[] widths = new int[titles.size()];
    for (int i = 0; i < widths.length; i++) {
      int column = i;
      widths[i] =
          Math.max(
              titles.get(i).length(),
              cells.stream().mapToInt(row -> row.get(column).length()).max().orElse(0));
    }
    widths[0] = STATUS;
    int room = Grid.room(width, widths.length) - widths[0] - widths[4] - widths[5];
    widths[1] = Math.min(widths[1], Math.max(room / 3, room - widths[2] - widths[3]));
    room -= widths[1];
    int half = Math.max(room / 2, room - Math.min(widths[3], room / 2));
    widths[2] = Math.min(widths[2], half);
    widths[3] = Math.min(widths[3], room - widths[2]);
    return widths;
  }

  private static List<List<String>> wrapped(List<String> cells, int[] widths) {
    List<List<String>> wrapped = new ArrayList<>();
    for (int i = 0; i < widths.length; i++) {
      wrapped.add(
          cells.get(i).isEmpty() ? List.of() : TextWrap.wrap(cells.get(i), Math.max(1, widths[i])));
    }
    return wrapped;
  }

  private void details(Comparison comparison, ComparisonRow row, Page page) {
    page.line("");
    String title = row.status() + " " + row.scenario() + " (" + row.file() + ")";
    page.line(paint(row.status()).apply(TextWrap.printable(title)));
    findings("gained ", comparison.other(), row.findings().gained(), row, page);
    findings("lost   ", comparison.base(), row.findings().lost(), row, page);
    if (row.finalStates().size() > 0) {
      page.line(
          "  final states: "
              + row.finalStatesGained()
              + " gained, "
              + row.finalStatesLost()
              + " lost");
      finalStates("+", row.finalStates().gained(), page);
      finalStates("-", row.finalStates().lost(), page);
    }
  }

  private void findings(
      String what, String variant, List<ComparedFinding> findings, ComparisonRow row, Page page) {
    for (ComparedFinding finding : findings) {
      page.wrapped("  " + what, "         ", finding.kind().label() + ": " + finding.message());
      if (!finding.schedule().isEmpty()) {
        page.line("    " + ReplayCommand.of(row.file(), variant, memory, finding.schedule()));
      }
    }
  }

  private static void finalStates(String sign, List<FinalState> states, Page page) {
    for (FinalState state : states.subList(0, Math.min(states.size(), MAX_FINAL_STATES))) {
      page.wrapped("    " + sign + " ", "        ", FinalStateText.of(state));
    }
    if (states.size() > MAX_FINAL_STATES) {
      int more = states.size() - MAX_FINAL_STATES;
      page.line("    " + sign + " ... and " + more + " more (all of them with --format json)");
    }
  }

  private static void locks(String what, Delta<String> delta, String extent, Page page) {
    String counts = delta.gained().size() + " gained, " + delta.lost().size() + " lost";
    page.line(what + ": " + counts + extent);
    delta.gained().forEach(one -> page.wrapped("  + ", "      ", one));
    delta.lost().forEach(one -> page.wrapped("  - ", "      ", one));
  }

  private static RowStatus worst(Comparison comparison) {
    return comparison.rows().isEmpty() ? RowStatus.SAME : comparison.rows().get(0).status();
  }

  private UnaryOperator<String> paint(RowStatus status) {
    return switch (status) {
      case REGRESSED -> style::red;
      case FIXED -> style::green;
      case CHANGED, INCOMPLETE -> style::yellow;
      case SAME -> UnaryOperator.identity();
    };
  }
}
