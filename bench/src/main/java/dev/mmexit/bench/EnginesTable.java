package dev.mmexit.bench;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.mmexit.explorer.report.JsonReport;
import dev.mmexit.explorer.result.ScenarioResult;
import dev.mmexit.kernel.FindingKind;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Prints what the engines say about each scenario, side by side, as Markdown: a table of the
 * scenarios, one of the kinds of findings, and which scenarios Lincheck has not exhausted.
 *
 * <p>All of it comes from CSV files with the columns {@code
 * scenario,engine,verdict,executionsToFirst,complete,seconds,note}, one file an engine; that of the
 * explorer has {@code states} and {@code executions} as well. Files with other columns are left
 * out, and so are scenarios that only the explorer has run.
 */
public final class EnginesTable {
  private static final String HEADER =
      "| scenario | explorer | states | executions | s "
          + "| Lincheck | to first | exhausted | s "
          + "| jcstress | samples to first "
          + "| Java PathFinder | to first | states | s "
          + "| SPIN | to first | states |\n"
          + "| --- | --- | --: | --: | --: | --- | --: | --- | --: | --- | --: "
          + "| --- | --: | --: | --: | --- | --: | --: |\n";

  /** What an engine's file says of a scenario, by column. */
  private record Row(Map<String, String> columns) {
    static final Row NONE = new Row(Map.of());

    String get(String column) {
      return columns.getOrDefault(column, "");
    }

    boolean isThere() {
      return !columns.isEmpty();
    }

    boolean isComplete() {
      return get("complete").equals("true");
    }

    boolean shows(FindingKind kind) {
      return List.of(get("verdict").split(" ", -1)).contains(kind.label());
    }

    String verdict() {
      return get("verdict").replace(" ", ", ");
    }
  }

  private final SortedMap<String, Map<String, Row>> scenarios;

  private EnginesTable(SortedMap<String, Map<String, Row>> scenarios) {
    this.scenarios = scenarios;
  }

  /** Arguments: the JSON document of {@code check}, and the directory of the files. */
  public static void main(String[] args) throws IOException {
    if (args.length != 2) {
      System.err.println("usage: EnginesTable RESULT.json DIRECTORY");
      System.exit(2);
    }
    Path directory = Path.of(args[1]);
    storeExplorer(Path.of(args[0]), directory);
    System.out.print(text(directory));
  }

  /** Writes the explorer's file, from what {@code check} says of the code as posted. */
  static void storeExplorer(Path result, Path directory) throws IOException {
    List<Map<String, String>> rows = new ArrayList<>();
    try (Reader reader = Files.newBufferedReader(result)) {
      JsonReport.read(reader).results().stream()
          .filter(one -> one.variant().equals("v2"))
          .sorted(Comparator.comparing(ScenarioResult::scenario))
          .forEach(one -> rows.add(explorer(one)));
    }
    CsvMapper csv = new CsvMapper();
    CsvSchema.Builder schema = CsvSchema.builder().setUseHeader(true);
    List.of("scenario", "engine", "verdict", "complete", "seconds", "states", "executions")
        .forEach(schema::addColumn);
    Files.writeString(
        directory.resolve("explorer.csv"), csv.writer(schema.build()).writeValueAsString(rows));
  }

  private static Map<String, String> explorer(ScenarioResult ours) {
    String kinds =
        ours.findings().stream()
            .map(finding -> finding.kind().label())
            .distinct()
            .collect(Collectors.joining(" "));
    return Map.of(
        "scenario", ours.scenario(),
        "engine", "explorer",
        "verdict", kinds.isEmpty() ? "clean" : kinds,
        "complete", String.valueOf(ours.complete()),
        "seconds", String.format(Locale.ROOT, "%.2f", ours.seconds()),
        "states", String.format(Locale.ROOT, "%,d", ours.states()),
        "executions", String.format(Locale.ROOT, "%,d", ours.executions()));
  }

  /** The tables of what is in a directory. */
  static String text(Path directory) throws IOException {
    EnginesTable table = new EnginesTable(read(directory));
    return table.byScenario()
        + "\n"
        + table.byKind()
        + "\n"
        + table.disagreements()
        + "\n"
        + table.notExhausted();
  }

  private Row row(String scenario, String engine) {
    return scenarios.getOrDefault(scenario, Map.of()).getOrDefault(engine, Row.NONE);
  }

  private String byScenario() {
    StringBuilder out = new StringBuilder(HEADER);
    for (String scenario : scenarios.keySet()) {
      Row ours = row(scenario, "explorer");
      Row lincheck = row(scenario, "lincheck");
      Row jcstress = row(scenario, "jcstress");
      Row pathFinder = row(scenario, "jpf");
      Row spin = row(scenario, "spin");
      if (Stream.of(lincheck, jcstress, pathFinder, spin).noneMatch(Row::isThere)) {
        continue;
      }
      List<String> cells =
          List.of(
              scenario,
              ours.verdict() + (ours.isThere() && !ours.isComplete() ? " (bounded)" : ""),
              ours.get("states"),
              ours.get("executions"),
              ours.get("seconds"),
              lincheck.verdict(),
              lincheck.get("executionsToFirst"),
              !lincheck.isThere() ? "" : lincheck.isComplete() ? "yes" : "no",
              lincheck.get("seconds"),
              jcstress.verdict(),
              jcstress.get("executionsToFirst"),
              pathFinder.verdict()
                  + (pathFinder.isThere() && !pathFinder.isComplete() ? " (bounded)" : ""),
              pathFinder.get("executionsToFirst"),
              counted(pathFinder.get("states")),
              pathFinder.get("seconds"),
              spin.verdict(),
              spin.get("executionsToFirst"),
              counted(spin.get("states")));
      out.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
    return out.toString();
  }

  private static String counted(String states) {
    return states.isEmpty() ? "" : String.format(Locale.ROOT, "%,d", Long.parseLong(states));
  }

  /** In how many scenarios each kind of finding is shown, of those that an engine has run. */
  private String byKind() {
    StringBuilder out =
        new StringBuilder(
            "## Kinds of findings\n\n"
                + "In how many scenarios an engine shows a kind of finding, of those that it has run and in which the\n"
                + "explorer shows it; for Lincheck also of those that it has exhausted.\n\n"
                + "| kind | Lincheck | where exhausted | jcstress |\n"
                + "| --- | --: | --: | --: |\n");
    for (FindingKind kind : FindingKind.values()) {
      String lincheck = share(kind, "lincheck", row -> true);
      String jcstress = share(kind, "jcstress", row -> true);
      if (!lincheck.isEmpty() || !jcstress.isEmpty()) {
        out.append(
            String.format(
                "| %s | %s | %s | %s |%n",
                kind.label(), lincheck, share(kind, "lincheck", Row::isComplete), jcstress));
      }
    }
    return out.toString();
  }

  private String share(FindingKind kind, String engine, Predicate<Row> counts) {
    int all = 0;
    int shown = 0;
    for (String scenario : scenarios.keySet()) {
      Row row = row(scenario, engine);
      if (row.isThere() && counts.test(row) && row(scenario, "explorer").shows(kind)) {
        all++;
        shown += row.shows(kind) ? 1 : 0;
      }
    }
    return all == 0 ? "" : shown + " of " + all;
  }

  /** Where another engine shows more than the explorer, or Lincheck less in all schedules. */
  private String disagreements() {
    StringBuilder list = new StringBuilder();
    for (String scenario : scenarios.keySet()) {
      Row ours = row(scenario, "explorer");
      Row lincheck = row(scenario, "lincheck");
      for (FindingKind kind : FindingKind.values()) {
        for (String engine : List.of("lincheck", "jcstress")) {
          if (row(scenario, engine).shows(kind) && !ours.shows(kind)) {
            list.append(
                String.format("- %s: %s is shown by %s only%n", scenario, kind.label(), engine));
          }
        }
        if (lincheck.isComplete() && ours.shows(kind) && !lincheck.shows(kind)) {
          list.append(
              String.format(
                  "- %s: Lincheck has no schedule left and has not shown %s%n",
                  scenario, kind.label()));
        }
      }
    }
    return "## Where the engines disagree\n\n" + (list.length() == 0 ? "Nowhere.\n" : list);
  }

  private String notExhausted() {
    StringBuilder list = new StringBuilder();
    int all = 0;
    int sampled = 0;
    for (String scenario : scenarios.keySet()) {
      Row row = row(scenario, "lincheck");
      all += row.isThere() ? 1 : 0;
      if (row.isThere() && !row.isComplete()) {
        sampled++;
        list.append("- ").append(scenario).append(": ").append(row.get("note")).append('\n');
      }
    }
    return "## Not exhausted by Lincheck\n\n"
        + sampled
        + " of "
        + all
        + " scenarios, and why:\n\n"
        + list;
  }

  /** The rows of the engines, by scenario and engine. */
  private static SortedMap<String, Map<String, Row>> read(Path directory) throws IOException {
    SortedMap<String, Map<String, Row>> read = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(one -> one.toString().endsWith(".csv")).sorted().toList()) {
        for (Map<String, String> row : rows(file)) {
          String scenario = row.get("scenario");
          String engine = row.get("engine");
          if (scenario != null && engine != null) {
            read.computeIfAbsent(scenario, name -> new TreeMap<>()).put(engine, new Row(row));
          }
        }
      }
    }
    return read;
  }

  /** The rows of a CSV file with a header, by column. */
  static List<Map<String, String>> rows(Path file) throws IOException {
    try (Reader reader = Files.newBufferedReader(file);
        MappingIterator<Map<String, String>> rows =
            new CsvMapper()
                .readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader())
                .readValues(reader)) {
      return rows.readAll();
    }
  }
}
