package dev.mmexit.lincheck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.kernel.FindingKind;
import dev.mmexit.scenario.format.Expectation;
import dev.mmexit.scenario.format.Scenario;
import dev.mmexit.variant.Variant;
import dev.mmexit.variant.Variants;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Lincheck says of each scenario what its {@code expect} line does. */
class ScenarioTest {
  private static final Path CATALOGUE = Path.of("../scenarios");
  private static final Path RESULTS = Path.of("target/lincheck/lincheck.csv");
  private static final Variant V2 = Variants.find("v2").orElseThrow();

  private static final ResultFile RESULT_FILE = new ResultFile();

  @TestFactory
  Stream<DynamicTest> verdict() {
    return Catalogue.in(CATALOGUE).stream()
        .filter(Suite::includes)
        .map(scenario -> DynamicTest.dynamicTest(scenario.name(), () -> verdictOf(scenario)));
  }

  @Test
  void quickRunNamesScenariosOfTheCatalogue() {
    assertThat(Catalogue.in(CATALOGUE)).extracting(Scenario::name).containsAll(Suite.quickNames());
  }

  private static void verdictOf(Scenario scenario) throws IOException {
    Verdict verdict = LincheckRun.of(V2, scenario, Suite.executions());
    RESULT_FILE.add(scenario.name(), verdict, Suite.note(verdict));

    assertThat(verdict.failure()).as("what Lincheck says by itself").isNull();
    Set<FindingKind> seen = verdict.findings().keySet();
    Set<FindingKind> expected = expected(scenario);
    assertThat(expected).as("what the explorer finds").containsAll(seen);
    if (Suite.mustBeExhausted(scenario)) {
      assertThat(verdict.complete()).as("all schedules executed").isTrue();
    }
    if (verdict.complete()) {
      assertThat(seen).containsExactlyInAnyOrderElementsOf(expected);
    } else if (Suite.mustShow(scenario)) {
      // A sample need not show them all.
      assertThat(seen).isNotEmpty();
    }
    for (FindingKind kind : Suite.traced(scenario, verdict)) {
      assertThat(Traces.keep(V2, scenario, verdict, kind))
          .as("Lincheck's trace and the explorer's report")
          .allSatisfy(file -> assertThat(file).content().contains(kind.label()));
    }
  }

  private static Set<FindingKind> expected(Scenario scenario) {
    Expectation expectation = scenario.expectations().get(V2.name());
    return expectation == null ? Set.of() : expectation.kinds();
  }

  @AfterAll
  static void write() throws IOException {
    RESULT_FILE.write(RESULTS);
  }
}
