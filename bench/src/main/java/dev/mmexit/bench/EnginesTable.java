package dev.mmexit.bench;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.mmexit.explorer.report.JsonReport;
import dev.mmexit.explorer.result.ScenarioResult;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Prints what the engines say about each scenario, side by side, as a Markdown table.
 *
 * <p>Arguments: the JSON document of {@code check}, and a directory of CSV files with the columns
 * {@code scenario,engine,verdict,executionsToFirst,complete,seconds,note}, one file an engine.
 * Files with other columns are left out, and so are scenarios that only the explorer has run.
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

  private EnginesTable() {}

  /** Prints the table. */
  public static void main(String[] args) throws IOException {
    if (args.length != 2) {
      System.err.println("usage: EnginesTable RESULT.json DIRECTORY");
      System.exit(2);
    }
    print(Path.of(args[0]), Path.of(args[1]), System.out);
  }

  static void print(Path result, Path directory, PrintStream out) throws IOException {
    Map<String, Map<String, Map<String, String>>> others = others(directory);
    Map<String, ScenarioResult> explored = explored(result);
    out.print(HEADER);
    others.forEach(
        (scenario, engines) -> {
          ScenarioResult ours = explored.get(scenario);
          out.printf(
              Locale.ROOT,
              "| %s | %s | %s | %s | %s | %s |%n",
              scenario,
              ours == null ? "| | | " : explorer(ours),
              lincheck(engines.getOrDefault("lincheck", Map.of())),
              jcstress(engines.getOrDefault("jcstress", Map.of())),
              pathFinder(engines.getOrDefault("jpf", Map.of())),
              spin(engines.getOrDefault("spin", Map.of())));
        });
  }

  private static String explorer(ScenarioResult ours) {
    String kinds =
        ours.findings().stream()
            .map(finding -> finding.kind().label())
            .distinct()
            .collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        "%s%s | %,d | %,d | %.2f",
        kinds.isEmpty() ? "clean" : kinds,
        ours.complete() ? "" : " (bounded)",
        ours.states(),
        ours.executions(),
        ours.seconds());
  }

  private static String lincheck(Map<String, String> row) {
    return String.join(
        " | ",
        verdict(row),
        row.getOrDefault("executionsToFirst", ""),
        row.isEmpty() ? "" : "true".equals(row.get("complete")) ? "yes" : "no",
        row.getOrDefault("seconds", ""));
  }

  private static String jcstress(Map<String, String> row) {
    return verdict(row) + " | " + row.getOrDefault("executionsToFirst", "");
  }

  private static String pathFinder(Map<String, String> row) {
    return String.join(
        " | ",
        verdict(row) + ("false".equals(row.get("complete")) ? " (bounded)" : ""),
        row.getOrDefault("executionsToFirst", ""),
        states(row),
        row.getOrDefault("seconds", ""));
  }

  private static String spin(Map<String, String> row) {
    return String.join(" | ", verdict(row), row.getOrDefault("executionsToFirst", ""), states(row));
  }

  private static String states(Map<String, String> row) {
    String states = row.getOrDefault("states", "");
    return states.isEmpty() ? "" : String.format(Locale.ROOT, "%,d", Long.parseLong(states));
  }

  private static String verdict(Map<String, String> row) {
    return row.getOrDefault("verdict", "").replace(" ", ", ");
  }

  private static Map<String, ScenarioResult> explored(Path result) throws IOException {
    try (Reader reader = Files.newBufferedReader(result)) {
      Map<String, ScenarioResult> explored = new LinkedHashMap<>();
      JsonReport.read(reader).results().stream()
          .filter(one -> one.variant().equals("v2"))
          .forEach(one -> explored.put(one.scenario(), one));
      return explored;
    }
  }

  /** The rows of the other engines, by scenario and engine. */
  private static Map<String, Map<String, Map<String, String>>> others(Path directory)
      throws IOException {
    Map<String, Map<String, Map<String, String>>> others = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(one -> one.toString().endsWith(".csv")).sorted().toList()) {
        for (Map<String, String> row : rows(file)) {
          String scenario = row.get("scenario");
          String engine = row.get("engine");
          if (scenario != null && engine != null) {
            others.computeIfAbsent(scenario, name -> new TreeMap<>()).put(engine, row);
          }
        }
      }
    }
    return others;
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
