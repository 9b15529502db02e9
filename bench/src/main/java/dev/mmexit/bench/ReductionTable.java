package dev.mmexit.bench;

import dev.mmexit.explorer.search.Bounds;
import dev.mmexit.explorer.search.Exploration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Prints what the reduction saves, as a Markdown table: {@code DIRECTORY [SECONDS]}. */
public final class ReductionTable {
  private static final double LIMIT = 60;

  private ReductionTable() {}

  /** Prints the table for the scenarios of a directory. */
  public static void main(String[] args) throws IOException {
    if (args.length < 1 || args.length > 2) {
      System.err.println("usage: ReductionTable DIRECTORY [SECONDS]");
      System.exit(2);
    }
    print(Path.of(args[0]), args.length == 2 ? Double.parseDouble(args[1]) : LIMIT, System.out);
  }

  /**
   * Prints to {@code out}; scenarios that do not finish unreduced in {@code limit} are left out.
   */
  static void print(Path directory, double limit, Appendable out) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(directory)) {
      files = all.filter(file -> file.toString().endsWith(".litmus")).sorted().toList();
    }
    out.append(
        "| scenario | states | executions | seconds "
            + "| unreduced states | unreduced executions | unreduced seconds |\n"
            + "| --- | --: | --: | --: | --: | --: | --: |\n");
    for (Path file : files) {
      BenchScenario scenario = BenchScenario.file(file);
      long start = System.nanoTime();
      Exploration full = scenario.explore(new Bounds(limit, null, null), 1, false);
      long between = System.nanoTime();
      if (full.isComplete()) {
        Exploration reduced = scenario.explore(Bounds.NONE, 1, true);
        out.append("| ").append(scenario.name());
        cells(out, reduced, System.nanoTime() - between);
        cells(out, full, between - start);
        out.append(" |\n");
      }
    }
  }

  private static void cells(Appendable out, Exploration exploration, long nanos)
      throws IOException {
    out.append(
        String.format(
            Locale.ROOT,
            " | %,d | %,d | %.3f",
            exploration.states(),
            exploration.executions(),
            nanos / 1e9));
  }
}
