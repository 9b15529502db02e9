package dev.mmexit.jpf.checker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.kernel.FindingKind;
import dev.mmexit.scenario.format.Expectation;
import dev.mmexit.scenario.format.ParseResult;
import dev.mmexit.scenario.format.Scenario;
import dev.mmexit.scenario.format.ScenarioParser;
import dev.mmexit.variant.Variant;
import dev.mmexit.variant.Variants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Java PathFinder says of each scenario what its {@code expect} line does. */
class ScenarioTest {
  private static final Path CATALOGUE = Path.of("../scenarios");
  private static final Path RESULTS = Path.of("target/jpf/jpf.csv");
  private static final Variant V2 = Variants.find("v2").orElseThrow();

  /** A few that take seconds, of every kind of end. */
  private static final Set<String> QUICK =
      Set.of(
          "attach-vs-attach",
          "bind-vs-detach-nodd",
          "bind-vs-unbind",
          "exit-vs-attach-mdev",
          "exit-vs-detach",
          "exit-vs-detach-nodd",
          "exit-vs-unbind",
          "fail-any-bind-vs-detach",
          "vfio-set-vs-set-2c");

  private static final ResultFile RESULT_FILE = new ResultFile();

  private static PathFinderRun runner() {
    return new PathFinderRun(
        Path.of("src/main/jpf/scenario.jpf"),
        System.getProperty("java.class.path"),
        Path.of("target/jpf/programs"));
  }

  @TestFactory
  Stream<DynamicTest> verdict() throws IOException {
    try (Stream<Path> files = Files.walk(CATALOGUE)) {
      return files
          .filter(file -> file.toString().endsWith(".litmus"))
          .sorted()
          .map(ScenarioTest::read)
          .filter(ScenarioTest::isIncluded)
          .toList()
          .stream()
          .map(scenario -> DynamicTest.dynamicTest(scenario.name(), () -> verdictOf(scenario)));
    }
  }

  private static Scenario read(Path file) {
    ParseResult result = ScenarioParser.parseFile(file, Variants.names());
    assertThat(result.diagnostics()).as(file.toString()).isEmpty();
    return result.scenario();
  }

  private static boolean isIncluded(Scenario scenario) {
    String which = System.getProperty("mmexit.jpf.scenarios", "quick");
    if (which.equals("quick")) {
      return QUICK.contains(scenario.name());
    }
    int threads = scenario.threads().size();
    return which.equals("all")
        ? threads > 1 && threads <= Integer.getInteger("mmexit.jpf.threads", 2)
        : Set.of(which.split(",")).contains(scenario.name());
  }

  private static void verdictOf(Scenario scenario) {
    Verdict verdict = runner().explore(V2, scenario, Long.getLong("mmexit.jpf.seconds", 600));
    RESULT_FILE.add(scenario.name(), verdict);

    Expectation expectation = scenario.expectations().get(V2.name());
    Set<String> expected =
        expectation == null
            ? Set.of()
            : expectation.kinds().stream().map(FindingKind::label).collect(Collectors.toSet());
    assertThat(expected).as("what the explorer finds").containsAll(verdict.findings().keySet());
    if (verdict.complete()) {
      assertThat(verdict.findings().keySet()).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  @Test
  void whatTakesTooLongIsBounded() {
    Scenario scenario = read(CATALOGUE.resolve("exit-vs-detach.litmus"));

    Verdict verdict = runner().explore(V2, scenario, 0);

    assertThat(verdict.complete()).isFalse();
  }

  @Test
  void deadlockIsSeenByJavaPathFinder() {
    Scenario scenario = read(CATALOGUE.resolve("exit-vs-detach-2g.litmus"));

    Verdict verdict = runner().explore(V2, scenario, 600);

    assertThat(verdict.findings())
        .containsEntry(
            "deadlock",
            "no thread can go on: T0 waits for iommu->lock of C0;"
                + " T1 waits for bond->mm_exit_wq of D0-P0");
  }

  @AfterAll
  static void write() throws IOException {
    RESULT_FILE.write(RESULTS);
  }
}
