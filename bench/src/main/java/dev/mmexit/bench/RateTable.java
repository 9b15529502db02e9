package dev.mmexit.bench;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Measures {@link ExploreBenchmark#explore} on every scenario that has a number of threads, with
 * one worker, each in a virtual machine of its own, and prints how much is explored in a second as
 * a Markdown table: {@code DIRECTORY [THREADS [ITERATIONS]]}.
 */
public final class RateTable {
  private static final int THREADS = 3;
  private static final int ITERATIONS = 5;
  private static final TimeValue WARM_UP = TimeValue.seconds(2);
  private static final TimeValue MEASURED = TimeValue.seconds(1);

  private RateTable() {}

  /** Prints the table for the scenarios of a directory and those below it. */
  public static void main(String[] args) throws IOException, RunnerException {
    if (args.length < 1 || args.length > 3) {
      System.err.println("usage: RateTable DIRECTORY [THREADS [ITERATIONS]]");
      System.exit(2);
    }
    int threads = args.length > 1 ? Integer.parseInt(args[1]) : THREADS;
    int iterations = args.length > 2 ? Integer.parseInt(args[2]) : ITERATIONS;
    System.out.println(
        """
        | scenario | states | ms | steps, M/s | carried out, M/s | operations, M/s |
        | --- | --: | --: | --: | --: | --: |""");
    List<Rates> all = new ArrayList<>();
    for (Path file : files(Path.of(args[0]), threads)) {
      Rates rates = Rates.of(new Runner(options(file, iterations)).runSingle());
      all.add(rates);
      System.out.println(rates.row(BenchScenario.file(file).name()));
    }
    System.out.println();
    System.out.println(summary(all));
  }

  /** Those of {@code directory} with so many threads. */
  static List<Path> files(Path directory, int threads) throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path file : all.sorted().toList()) {
        if (file.toString().endsWith(".litmus") && BenchScenario.file(file).threads() == threads) {
          files.add(file);
        }
      }
    }
    return files;
  }

  private static Options options(Path file, int iterations) {
    return new OptionsBuilder()
        .include(ExploreBenchmark.class.getName() + ".explore")
        .param("scenario", file.toString())
        .param("workers", "1")
        .forks(1)
        .warmupIterations(iterations)
        .warmupTime(WARM_UP)
        .measurementIterations(iterations)
        .measurementTime(MEASURED)
        .verbosity(VerboseMode.SILENT)
        .shouldFailOnError(true)
        .build();
  }

  static String summary(List<Rates> all) {
    return String.format(
        Locale.ROOT,
        "%d scenarios; the least: %.2f million operations and %.2f million steps a second.",
        all.size(),
        all.stream().mapToDouble(Rates::operations).min().orElse(0) / 1e6,
        all.stream().mapToDouble(Rates::steps).min().orElse(0) / 1e6);
  }

  /** How much is explored in a second. */
  record Rates(
      double explorations, double states, double steps, double carriedOut, double operations) {
    static Rates of(RunResult result) {
      return new Rates(
          result.getPrimaryResult().getScore(),
          secondary(result, "states"),
          secondary(result, "steps"),
          secondary(result, "carriedOut"),
          secondary(result, "operations"));
    }

    private static double secondary(RunResult result, String counter) {
      return requireNonNull(result.getSecondaryResults().get(counter), counter).getScore();
    }

    String row(String scenario) {
      return String.format(
          Locale.ROOT,
          "| %s | %,.0f | %.2f | %.2f | %.2f | %.2f |",
          scenario,
          states / explorations,
          1000 / explorations,
          steps / 1e6,
          carriedOut / 1e6,
          operations / 1e6);
    }
  }
}
