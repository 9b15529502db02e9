package dev.mmexit.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mmexit.explorer.report.JsonReport;
import dev.mmexit.explorer.result.CheckResult;
import dev.mmexit.explorer.result.ScenarioResult;
import dev.mmexit.explorer.result.Tool;
import dev.mmexit.explorer.search.Bounds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
  void theLauncherIsAskedForAReport(@TempDir Path directory)
      throws IOException, InterruptedException {
    Path launcher = directory.resolve("mmexit");
    Files.writeString(
        launcher, "#!/bin/sh\n[ \"$1\" = reproduce ] && [ \"${3##*/}\" = there.txt ]\n");
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
    ReproduceBenchmark benchmark = new ReproduceBenchmark();
    benchmark.findLauncher();
    benchmark.find(directory);
    benchmark.report = "there.txt";
    assertThat(benchmark.answer()).isZero();
    benchmark.report = "other.txt";
    assertThatThrownBy(benchmark::answer).hasMessage("other.txt is not reproduced: status 1");
  }

  @Test
  void generatedScenariosAreExplored() {
    GeneratedBenchmark benchmark = new GeneratedBenchmark();
    benchmark.size = "2x1 groups=1 processes=1";
    benchmark.generate();
    GeneratedBenchmark.Next next = new GeneratedBenchmark.Next();
    assertThat(benchmark.explore(next).scenario()).startsWith("g-2x1-");
    assertThat(benchmark.explore(next).complete()).isTrue();
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
    assertThat(ReductionTable.print(directory, 1e6, Long.MAX_VALUE, table)).isTrue();
    assertThat(table.toString().lines())
        .hasSize(5)
        .anyMatch(line -> line.startsWith("| conf-36 | ") && line.endsWith(" | yes |"))
        .contains(
            "1 of 1 scenarios tried without the reduction finished in 1000000 s; 0 were not tried, as"
                + " they are 10 times too large.");
  }

  /** In a thousandth of a second nobody gets through the millions of places of conf-16. */
  @Test
  void whatIsHopelessIsNotTried(@TempDir Path directory) throws IOException {
    Path conformance = Path.of("../scenarios/conformance");
    Files.copy(conformance.resolve("conf-16.litmus"), directory.resolve("a.litmus"));
    StringBuilder table = new StringBuilder();
    assertThat(ReductionTable.print(directory, 1e-3, Long.MAX_VALUE, table)).isTrue();
    assertThat(table.toString()).contains("0 of 0 scenarios tried").contains("1 were not tried");
  }

  @Test
  void scenariosWithManyStatesAreNotTried(@TempDir Path directory) throws IOException {
    Path conformance = Path.of("../scenarios/conformance");
    Files.copy(conformance.resolve("conf-06.litmus"), directory.resolve("a.litmus"));
    StringBuilder table = new StringBuilder();
    assertThat(ReductionTable.print(directory, 1e6, 11, table)).isTrue();
    assertThat(table.toString()).contains("0 of 0 scenarios tried");
  }

  @Test
  void ratesAreMeasuredOfScenariosWithSoManyThreads() throws IOException {
    assertThat(RateTable.files(Path.of("../scenarios"), 3))
        .contains(Path.of("../scenarios/exit-exit-detach.litmus"))
        .contains(Path.of("../scenarios/conformance/conf-31.litmus"))
        .doesNotContain(Path.of("../scenarios/exit-vs-detach.litmus"));
    assertThat(RateTable.files(Path.of("../scenarios/conformance"), 9)).isEmpty();
  }

  @Test
  void ratesAreOfASecond() {
    RateTable.Rates rates = new RateTable.Rates(20, 24_680, 3e6, 5e5, 4.5e6);
    assertThat(rates.row("a")).isEqualTo("| a | 1,234 | 50.00 | 3.00 | 0.50 | 4.50 |");
    assertThat(RateTable.summary(List.of(rates, new RateTable.Rates(1, 1, 4e6, 1, 4e6))))
        .isEqualTo(
            "2 scenarios; the least: 4.00 million operations and 3.00 million steps a second.");
  }

  @Test
  void theCatalogueHasARowForEachScenario(@TempDir Path directory) throws IOException {
    Path conformance = Path.of("../scenarios/conformance");
    Files.copy(conformance.resolve("conf-36.litmus"), directory.resolve("a.litmus"));
    StringBuilder table = new StringBuilder();
    CatalogueTable.print(directory, 2, table);
    assertThat(table.toString().lines()).hasSize(3).last().asString().startsWith("| conf-36 | ");
  }

  @Test
  void theEnginesStandSideBySide(@TempDir Path directory) throws IOException {
    CheckResult check =
        CheckResult.of(
            new Tool("mmexit", "1"),
            List.of(
                new ScenarioResult(
                    "exit-detach",
                    "exit-detach.litmus",
                    "v2",
                    true,
                    null,
                    5,
                    1,
                    4,
                    0.5,
                    List.of(),
                    List.of(),
                    null,
                    List.of(),
                    true)));
    Path result = directory.resolve("check.json");
    try (Writer writer = Files.newBufferedWriter(result)) {
      JsonReport.write(check, writer);
    }
    String header = "scenario,engine,verdict,executionsToFirst,complete,seconds,note\n";
    Files.writeString(
        directory.resolve("lincheck.csv"),
        header
            + "exit-detach,lincheck,clean,,true,0.3,\"\"\nother,lincheck,deadlock,7,false,1.0,\"too big\"\n");
    Files.writeString(
        directory.resolve("jcstress.csv"),
        header + "exit-detach,jcstress,clean,,false,7.3,\"900 samples\"\n");
    Files.writeString(
        directory.resolve("jpf.csv"),
        "scenario,engine,verdict,executionsToFirst,complete,seconds,note,states\n"
            + "exit-detach,jpf,deadlock stale-mm,7,false,9.1,\"\",1200\n");
    Files.writeString(directory.resolve("other.csv"), "a,b\n1,2\n");
    EnginesTable.storeExplorer(result, directory);

    assertThat(EnginesTable.text(directory).lines())
        .contains(
            "| exit-detach | clean | 5 | 1 | 0.50 | clean |  | yes | 0.3 | clean |  "
                + "| deadlock, stale-mm (bounded) | 7 | 1,200 | 9.1 |  |  |  |",
            "| other |  |  |  |  | deadlock | 7 | no | 1.0 |  |  " + "|  |  |  |  |  |  |  |",
            "1 of 2 scenarios, and why:",
            "- other: too big");
  }

  @Test
  void wholeRunsAreTimedInEachWay() throws IOException {
    ByteArrayOutputStream rows = new ByteArrayOutputStream();
    WholeRuns.compare(
        BenchScenario.file(Path.of("../scenarios/conformance/conf-36.litmus")),
        60,
        new PrintStream(rows, true, StandardCharsets.UTF_8));
    assertThat(rows.toString(StandardCharsets.UTF_8).lines())
        .hasSize(3)
        .allMatch(row -> row.startsWith("conf-36,\"explorer, JDK ") && row.endsWith(",true"))
        .anyMatch(row -> row.contains(", 2 workers\""))
        .anyMatch(row -> row.contains(", 1 worker, no reduction\""));
  }

  @Test
  void everySizeIsAScenario() throws IOException {
    for (Growth growth : Growth.values()) {
      for (int size = growth.least(); size <= growth.most(); size++) {
        assertThat(growth.scenario(size).name()).isNotEmpty();
      }
    }
    assertThat(Growth.PROCESSES.scenario(3).explore(Bounds.NONE, 1, true).isComplete()).isTrue();
  }

  @Test
  void thePageHasTablesAndPlots(@TempDir Path directory) throws IOException {
    Files.writeString(
        directory.resolve("compare.csv"),
        "scenario,engine,first,work,seconds,complete\n"
            + "a,spin,0.1,\"12 states\",0.5,true\n"
            + "a,jpf,,\"1,200 states\",600.0,false\n");
    Files.writeString(
        directory.resolve("growth.csv"),
        "growth,size,states,seconds,complete\nthreads,2,175,0.02,true\nthreads,3,8887,0.3,true\n");
    ByteArrayOutputStream tables = new ByteArrayOutputStream();
    BenchmarkPage.print(directory, new PrintStream(tables, true, StandardCharsets.UTF_8));
    BenchmarkPage.draw(directory, directory);
    assertThat(tables.toString(StandardCharsets.UTF_8))
        .contains("| a | spin | 0.1 | 12 states | 0.5 |")
        .contains("| a | jpf |  | 1,200 states | no: stopped at 600.0 |")
        .contains("| threads | 3 | 8887 | 0.3 |");
    assertThat(directory.resolve("benchmark-states.svg")).content().contains("<svg", "<path");
    assertThat(directory.resolve("benchmark-seconds.svg")).content().contains("<svg", "<path");
  }
}
