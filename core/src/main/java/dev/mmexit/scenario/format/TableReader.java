package dev.mmexit.scenario.format;

import dev.mmexit.scenario.grammar.LitmusLexer;
import dev.mmexit.scenario.grammar.LitmusParser.CellContext;
import dev.mmexit.scenario.grammar.LitmusParser.HeaderContext;
import dev.mmexit.scenario.grammar.LitmusParser.ThreadNameContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** Reads the thread table: columns are threads, and cells are steps. */
final class TableReader {
  /** Stands for a thread that cannot be told, in a row that does not fit the header. */
  static final String UNKNOWN = "";

  private static final int MOST_THREADS = 8;

  private final StepReader steps;
  private final Diagnostics diagnostics;
  private final List<String> names = new ArrayList<>();
  private final List<List<Step>> columns = new ArrayList<>();
  private final List<Position> positions = new ArrayList<>();
  private final Map<String, Set<String>> registers;

  /**
   * A reader for one table.
   *
   * @param registers where the registers of each thread are noted
   */
  TableReader(StepReader steps, Map<String, Set<String>> registers, Diagnostics diagnostics) {
    this.steps = steps;
    this.registers = registers;
    this.diagnostics = diagnostics;
  }

  List<ThreadDecl> read(HeaderContext header, List<CellContext> cells) {
    for (ThreadNameContext thread : header.threadName()) {
      if (thread.exception == null) {
        addThread(thread.getStart());
      }
    }
    List<CellContext> row = new ArrayList<>();
    for (CellContext cell : cells) {
      row.add(cell);
      if (!endsWith(cell, LitmusLexer.PIPE)) {
        readRow(row, header.exception == null);
        row.clear();
      }
    }
    if (!row.isEmpty()) {
      refuseOpenRow(row);
    }
    List<ThreadDecl> threads = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      threads.add(new ThreadDecl(names.get(i), columns.get(i), positions.get(i)));
    }
    return threads;
  }

  private void addThread(Token name) {
    if (names.size() == MOST_THREADS) {
      diagnostics.add(name, "there are too many threads, expected at most " + MOST_THREADS);
    }
    names.add(name.getText());
    columns.add(new ArrayList<>());
    positions.add(Position.of(name));
  }

  private Set<String> registersOf(String thread) {
    return registers.computeIfAbsent(thread, any -> new HashSet<>());
  }

  private void readRow(List<CellContext> row, boolean headerIsKnown) {
    boolean fits = row.size() == names.size();
    if (!fits && headerIsKnown && isComplete(row)) {
      diagnostics.add(
          row.get(0).getStart(),
          "the row has "
              + count(row.size(), "cell")
              + ", the header has "
              + count(names.size(), "thread")
              + ", expected a cell for each");
    }
    boolean known = fits && headerIsKnown;
    for (int column = 0; column < row.size(); column++) {
      String thread = column < names.size() ? names.get(column) : "this thread";
      Set<String> assigned = known ? registersOf(thread) : new HashSet<>();
      Step step = readCell(row.get(column), thread, assigned);
      if (known && step != null) {
        columns.get(column).add(step);
      }
      if (!known) {
        registersOf(UNKNOWN).addAll(assigned);
      }
    }
  }

  private @Nullable Step readCell(CellContext cell, String thread, Set<String> assigned) {
    if (cell.unknownOperation() != null) {
      steps.refuse(cell.unknownOperation(), false);
    }
    return cell.step() == null ? null : steps.read(cell.step(), thread, assigned);
  }

  private static boolean isComplete(List<CellContext> row) {
    return endsWith(row.get(row.size() - 1), LitmusLexer.SEMICOLON);
  }

  private void refuseOpenRow(List<CellContext> row) {
    row.forEach(cell -> readCell(cell, "this thread", new HashSet<>()));
    Token end = row.get(row.size() - 1).getStop();
    diagnostics.add(end, "the row has no end, expected a cell and ';' after the last '|'");
  }

  private static boolean endsWith(CellContext cell, int type) {
    Token stop = cell.getStop();
    return stop != null && stop.getType() == type && cell.getChildCount() > 0;
  }

  private static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
