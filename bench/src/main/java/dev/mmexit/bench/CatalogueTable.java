package dev.mmexit.bench;

import dev.mmexit.explorer.search.Bounds;
import dev.mmexit.explorer.search.Exploration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Prints what exploring each scenario takes, as a Markdown table, one after the other with one
 * worker: {@code DIRECTORY [ROUNDS]}. The seconds are those of the last round.
 */
public final class CatalogueTable {
  private CatalogueTable() {}

  /** Prints the table for the scenarios of a directory. */
  public static void main(String[] args) throws IOException {
    if (args.length < 1 || args.length > 2) {
      System.err.println("usage: CatalogueTable DIRECTORY [ROUNDS]");
      System.exit(2);
    }
    print(Path.of(args[0]), args.length == 2 ? Integer.parseInt(args[1]) : 1, System.out);
  }

  static void print(Path directory, int rounds, Appendable out) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(directory)) {
      files = all.filter(file -> file.toString().endsWith(".litmus")).sorted().toList();
    }
    out.append("| scenario | states | transitions | steps | findings | seconds |\n");
    out.append("| --- | --: | --: | --: | --: | --: |\n");
    for (Path file : files) {
      BenchScenario scenario = BenchScenario.file(file);
      long start = 0;
      Exploration exploration = null;
      for (int i = 0; i < rounds; i++) {
        start = System.nanoTime();
        exploration = scenario.explore(Bounds.NONE, 1, true);
      }
      if (exploration == null) {
        throw new IllegalArgumentException("no round");
      }
      out.append(
          String.format(
              Locale.ROOT,
              "| %s | %,d | %,d | %,d | %d | %.3f |\n",
              scenario.name(),
              exploration.states(),
              exploration.transitions(),
              exploration.steps(),
              exploration.findings().size(),
              (System.nanoTime() - start) / 1e9));
    }
  }
}
