package dev.mmexit.bench;

import dev.mmexit.explorer.search.Bounds;
import dev.mmexit.explorer.search.Exploration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Prints what the reduction saves, as a Markdown table, and compares what is found with and without
 * it: {@code DIRECTORY [SECONDS [STATES]]}. Scenarios that have more states than that with the
 * reduction are not tried without it, nor are those whose tree of executions is {@value #MARGIN}
 * times as large, by an estimate, as what can be explored in that time. Those with few states come
 * first.
 */
public final class ReductionTable {
  private static final double LIMIT = 60;

  /** Many times what the estimate may be too large by; where it is too small, more is tried. */
  private static final int MARGIN = 10;

  /** More places than are explored in a second. */
  private static final double PLACES_A_SECOND = 1_500_000;

  private static final int PROBES = 1000;

  private ReductionTable() {}

  /** Prints the table for the scenarios of a directory and those below it. */
  public static void main(String[] args) throws IOException {
    if (args.length < 1 || args.length > 3) {
      System.err.println("usage: ReductionTable DIRECTORY [SECONDS [STATES]]");
      System.exit(2);
    }
    double limit = args.length > 1 ? Double.parseDouble(args[1]) : LIMIT;
    long most = args.length > 2 ? Long.parseLong(args[2]) : Long.MAX_VALUE;
    if (!print(Path.of(args[0]), limit, most, System.out)) {
      System.exit(1);
    }
  }

  /**
   * Prints to {@code out}; scenarios that do not finish unreduced in {@code limit} seconds are left
   * out.
   *
   * @return whether each that does has the same findings and final states both ways
   */
  static boolean print(Path directory, double limit, long most, Appendable out) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(directory)) {
      files = all.filter(file -> file.toString().endsWith(".litmus")).sorted().toList();
    }
    out.append(
        "| scenario | states | executions | seconds "
            + "| unreduced states | unreduced executions | unreduced seconds | the same |\n"
            + "| --- | --: | --: | --: | --: | --: | --: | --- |\n");
    boolean same = true;
    int finished = 0;
    int tried = 0;
    List<Reduced> scenarios = reduced(files, most);
    for (Reduced scenario : scenarios) {
      double size =
          new TreeSize()
              .estimate(scenario.scenario.world(), scenario.exploration.sharing(), PROBES);
      if (size > MARGIN * limit * PLACES_A_SECOND) {
        continue;
      }
      tried++;
      long start = System.nanoTime();
      Exploration full = scenario.scenario.explore(new Bounds(limit, null, null), 1, false);
      if (full.isComplete()) {
        finished++;
        boolean agree = agree(scenario.exploration, full);
        same &= agree;
        out.append("| ").append(scenario.scenario.name());
        cells(out, scenario.exploration, scenario.nanos);
        cells(out, full, System.nanoTime() - start);
        out.append(agree ? " | yes |\n" : " | **no** |\n");
      }
    }
    out.append(
        String.format(
            Locale.ROOT,
            "%n%,d of %,d scenarios tried without the reduction finished in %.0f s; %,d were not"
                + " tried, as they are %d times too large.%n",
            finished,
            tried,
            limit,
            scenarios.size() - tried,
            MARGIN));
    return same;
  }

  private record Reduced(BenchScenario scenario, Exploration exploration, long nanos) {}

  /** Those that have at most so many states, those with few first: they have most to tell. */
  private static List<Reduced> reduced(List<Path> files, long most) throws IOException {
    List<Reduced> scenarios = new ArrayList<>();
    for (Path file : files) {
      BenchScenario scenario = BenchScenario.file(file);
      long start = System.nanoTime();
      Exploration reduced = scenario.explore(Bounds.NONE, 1, true);
      if (reduced.states() <= most) {
        scenarios.add(new Reduced(scenario, reduced, System.nanoTime() - start));
      }
    }
    scenarios.sort(Comparator.comparingLong(scenario -> scenario.exploration.states()));
    return scenarios;
  }

  private static boolean agree(Exploration reduced, Exploration full) {
    return reduced.findings().keySet().equals(full.findings().keySet())
        && new HashSet<>(reduced.finalStates()).equals(new HashSet<>(full.finalStates()));
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
