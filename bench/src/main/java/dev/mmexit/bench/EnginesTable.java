package dev.mmexit.bench;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Prints what the engines say about each scenario as one Markdown table, from the CSV files of a
 * directory that have the columns {@code scenario,engine,verdict,executionsToFirst,complete,
 * seconds,note}: {@code DIRECTORY}. A file with other columns is left out.
 */
public final class EnginesTable {
  private static final List<String> COLUMNS =
      List.of("scenario", "engine", "verdict", "executionsToFirst", "complete", "seconds", "note");

  private EnginesTable() {}

  /** Prints the table for the files of a directory. */
  public static void main(String[] args) throws IOException {
    if (args.length != 1) {
      System.err.println("usage: EnginesTable DIRECTORY");
      System.exit(2);
    }
    print(Path.of(args[0]), System.out);
  }

  static void print(Path directory, Appendable out) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(directory)) {
      files = all.filter(file -> file.toString().endsWith(".csv")).sorted().toList();
    }
    SortedMap<String, List<Map<String, String>>> scenarios = new TreeMap<>();
    for (Path file : files) {
      for (Map<String, String> row : rows(file)) {
        if (row.keySet().containsAll(COLUMNS)) {
          scenarios
              .computeIfAbsent(row.getOrDefault("scenario", ""), name -> new ArrayList<>())
              .add(row);
        }
      }
    }
    out.append("| ").append(String.join(" | ", COLUMNS)).append(" |\n");
    out.append("| --- | --- | --- | --: | --- | --: | --- |\n");
    for (List<Map<String, String>> rows : scenarios.values()) {
      for (Map<String, String> row : rows) {
        List<String> cells = COLUMNS.stream().map(column -> row.getOrDefault(column, "")).toList();
        out.append("| ").append(String.join(" | ", cells)).append(" |\n");
      }
    }
  }

  private static List<Map<String, String>> rows(Path file) throws IOException {
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
