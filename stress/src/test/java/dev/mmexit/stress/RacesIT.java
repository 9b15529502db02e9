package dev.mmexit.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mmexit.stress.Jcstress.Run;
import dev.mmexit.variant.Variants;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The operations race on real cores: nothing happens that is not listed, and nothing that the
 * explorer does not know.
 */
class RacesIT {
  private static final String POSTED = "v2";
  private static final String REPAIRED = "fixed";

  /** Short strides, so that both actors are at the same sample; kworkers need the cores as well. */
  private static final List<String> OPTIONS =
      List.of(
          "-strideSize", "10", "-strideCount", "10", "-af", "NONE", "-spinStyle", "THREAD_YIELD");

  private static final List<String> QUICKLY =
      List.of(
          "-sc",
          "false",
          "-f",
          "1",
          "-fsm",
          "1",
          "-iters",
          "1",
          "-time",
          System.getProperty("stress.races.time"),
          "--jvmArgs",
          "-XX:+UseParallelGC");

  private static final Map<String, Jcstress> JCSTRESS = new LinkedHashMap<>();
  private static final Map<String, Run> RUNS = new LinkedHashMap<>();

  @BeforeAll
  static void runAll() throws IOException, InterruptedException {
    assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "one processor shows no race");
    run(POSTED, RaceTests.ALL);
    // Without findings there is less to see again.
    run(REPAIRED, Jcstress.isQuick() ? withFindings() : RaceTests.ALL);
  }

  private static void run(String variant, String pattern) throws IOException, InterruptedException {
    Jcstress jcstress = new Jcstress("races-" + variant, variant, OPTIONS, QUICKLY);
    JCSTRESS.put(variant, jcstress);
    RUNS.put(variant, jcstress.run(pattern));
  }

  private static String withFindings() {
    return RaceTests.names()
        .filter(test -> !RaceTests.findings(test).isEmpty())
        .map(test -> test.replace(".", "\\."))
        .collect(Collectors.joining("|", "^(", ")$"));
  }

  @AfterAll
  static void writeTables() throws IOException {
    if (!RUNS.isEmpty()) {
      EngineTables.write(RUNS);
    }
  }

  private static Stream<DynamicTest> forEach(Check check) {
    return RUNS.entrySet().stream()
        .flatMap(
            run ->
                RaceTests.names()
                    .filter(test -> !run.getValue().of(test).isEmpty())
                    .map(
                        test ->
                            DynamicTest.dynamicTest(
                                test + " on " + run.getKey(),
                                () -> check.check(run.getKey(), run.getValue(), test))));
  }

  @TestFactory
  Stream<DynamicTest> noOutcomeIsForbidden() {
    return forEach(
        (variant, run, test) ->
            assertThat(JCSTRESS.get(variant).failures(run))
                .filteredOn(failure -> failure.contains(test + " on "))
                .isEmpty());
  }

  @TestFactory
  Stream<DynamicTest> explorerKnowsEveryOutcome() {
    return forEach(
        (variant, run, test) -> {
          Set<String> seen = new TreeSet<>();
          run.of(test).forEach(result -> seen.addAll(result.getStateKeys()));
          assertThat(seen.stream().map(ExplorerOutcomes::withoutNames).collect(Collectors.toSet()))
              .isSubsetOf(
                  ExplorerOutcomes.of(
                      RaceTests.scenario(test), Variants.find(variant).orElseThrow()));
        });
  }

  /** A check of the results of one test. */
  private interface Check {
    void check(String variant, Run run, String test);
  }
}
