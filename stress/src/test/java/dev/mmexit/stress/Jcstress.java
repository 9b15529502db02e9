package dev.mmexit.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jcstress.infra.collectors.TestResult;

/** Runs the jar of tests as its users do, and reads the results from the file that it stores. */
final class Jcstress {
  private static final Path JAR = Path.of(System.getProperty("stress.jar"));
  private static final Path RESULTS = Path.of(System.getProperty("stress.results"));
  private static final String MODE = System.getProperty("stress.mode");

  private final String name;
  private final String variant;
  private final List<String> options;
  private final List<String> quickly;

  /**
   * A kind of run.
   *
   * @param name a directory for its results, its log and its report
   * @param options for every run
   * @param quickly for a quick run, in place of what jcstress's mode says
   */
  Jcstress(String name, String variant, List<String> options, List<String> quickly) {
    this.name = name;
    this.variant = variant;
    this.options = options;
    this.quickly = quickly;
  }

  /** Whether this is the quick run of every build, and no nightly one. */
  static boolean isQuick() {
    return MODE.equals("quick");
  }

  /** What a run has left behind. */
  record Run(Collection<TestResult> results, double seconds) {
    /** The results of one test, in every configuration. */
    List<TestResult> of(String test) {
      return results.stream().filter(result -> result.getName().equals(test)).toList();
    }

    /** How often an outcome was seen. */
    long count(String test, String outcome) {
      return of(test).stream().mapToLong(result -> result.getCount(outcome)).sum();
    }

    /** How many samples there were. */
    long total(String test) {
      return of(test).stream().mapToLong(TestResult::getTotalCount).sum();
    }
  }

  /** Runs the tests whose names match. */
  Run run(String pattern) throws IOException, InterruptedException {
    Path directory = RESULTS.resolve(name);
    delete(directory);
    Files.createDirectories(directory);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-D" + Race.VARIANT + "=" + variant);
    command.add("-D" + Main.ONE_LOCKING + "=" + isQuick());
    command.addAll(List.of("-jar", JAR.toString(), "-t", pattern, "-m", MODE, "-c", "2"));
    command.addAll(options);
    if (isQuick()) {
      command.addAll(quickly);
    }
    command.addAll(List.of("-r", "report"));
    Path log = directory.resolve("log.txt");
    long start = System.nanoTime();
    int status =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .waitFor();
    double seconds = (System.nanoTime() - start) / 1e9;
    assertThat(status).as("exit status, 1 for outcomes that are forbidden: see %s", log).isIn(0, 1);
    Run run = new Run(StoredResults.read(stored(directory)), seconds);
    assertThat(run.results()).as("results: see %s", log).isNotEmpty();
    assertThat(status).as("exit status: see %s", log).isEqualTo(failures(run).isEmpty() ? 0 : 1);
    return run;
  }

  /** What is wrong with the results of a run, in words. */
  List<String> failures(Run run) {
    return Failures.in(run.results(), variant);
  }

  private static String stored(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(Path::toString)
          .filter(file -> file.endsWith(".bin.gz"))
          .findFirst()
          .orElseThrow(() -> new IOException("no results are stored in " + directory));
    }
  }

  private static void delete(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        files.sorted(Comparator.reverseOrder()).forEach(Jcstress::deleteFile);
      }
    }
  }

  private static void deleteFile(Path file) {
    try {
      Files.delete(file);
    } catch (IOException unable) {
      throw new UncheckedIOException(unable);
    }
  }
}
