package dev.mmexit.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmokeTest {
  @Test
  void theSmallestBenchmarkRuns() throws IOException {
    ExploreBenchmark benchmark = new ExploreBenchmark();
    benchmark.scenario = "exit-detach";
    benchmark.workers = 1;
    benchmark.read();
    ExploreBenchmark.Counters counters = new ExploreBenchmark.Counters();
    assertThat(benchmark.explore(counters).isComplete()).isTrue();
    assertThat(counters.states).isPositive();
    assertThat(counters.executions).isPositive();
    assertThat(counters.transitions).isGreaterThanOrEqualTo(counters.states - 1);
    assertThat(counters.steps).isGreaterThanOrEqualTo(counters.transitions);
  }

  @Test
  void everyScenarioCanBeRead() throws IOException {
    for (String name : new String[] {"exit-exit-detach", "exit-exit-attach-detach"}) {
      assertThat(BenchScenario.resource(name).name()).isEqualTo(name);
    }
    assertThat(BenchScenario.resource("exit-exit-bind-attach-detach").name()).isNotEmpty();
  }

  @Test
  void theTableHasARowForEachSmallScenario(@TempDir Path directory) throws IOException {
    Path conformance = Path.of("../scenarios/conformance");
    Files.copy(conformance.resolve("conf-36.litmus"), directory.resolve("a.litmus"));
    StringBuilder table = new StringBuilder();
    ReductionTable.print(directory, 1e6, table);
    assertThat(table.toString().lines()).hasSize(3).last().asString().startsWith("| conf-36 | ");
  }

  @Test
  void theCatalogueHasARowForEachScenario(@TempDir Path directory) throws IOException {
    Path conformance = Path.of("../scenarios/conformance");
    Files.copy(conformance.resolve("conf-36.litmus"), directory.resolve("a.litmus"));
    StringBuilder table = new StringBuilder();
    CatalogueTable.print(directory, 2, table);
    assertThat(table.toString().lines()).hasSize(3).last().asString().startsWith("| conf-36 | ");
  }
}
