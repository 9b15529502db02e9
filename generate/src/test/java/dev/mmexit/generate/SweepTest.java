package dev.mmexit.generate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.mmexit.explorer.CheckerFacade;
import dev.mmexit.explorer.ExplorationOptions;
import dev.mmexit.explorer.LoadedScenario;
import dev.mmexit.explorer.MemoryModel;
import dev.mmexit.explorer.ModelChecker;
import dev.mmexit.explorer.ReplayOutcome;
import dev.mmexit.explorer.report.JsonReport;
import dev.mmexit.explorer.report.Style;
import dev.mmexit.explorer.report.SweepText;
import dev.mmexit.explorer.result.ScenarioResult;
import dev.mmexit.explorer.result.SweepResult;
import dev.mmexit.explorer.result.Tool;
import dev.mmexit.kernel.FindingKind;
import dev.mmexit.scenario.format.Scenario;
import dev.mmexit.scenario.format.ScenarioParser;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SweepTest {
  private static final Tool TOOL = new Tool("mmexit", "test");
  private static final ModelChecker CHECKER = new ModelChecker(TOOL);
  private static final Size SIZE =
      Size.parse("2x2 groups=1 processes=1 default-domain=yes use=detach,exit,bind");

  private static final Size SMALL =
      Size.parse("2x1 groups=1 processes=1 default-domain=yes use=detach,exit,bind");

  /** Its set-up binds to a container without a group. */
  private static final Scenario FAILS =
      Objects.requireNonNull(
          ScenarioParser.parse(
                  "x",
                  """
                  VFIO fails
                  {
                    container C0
                    process P0
                    bind C0 P0
                  }
                   T0      ;
                   exit P0 ;
                  """,
                  Set.of("v2"))
              .scenario());

  private static ExplorationOptions options(String variant, int workers, long executions) {
    return new ExplorationOptions(
        variant, Optional.empty(), OptionalLong.of(executions), OptionalInt.empty(), workers, true);
  }

  private static SweepResult sweep(Size size, int workers) {
    return new Sweep(CHECKER, options("v2", workers, 100_000), null, (n, f, s) -> {})
        .run(size, Plausibility.PLAUSIBLE, TOOL);
  }

  @Test
  void itSaysWhatEachScenarioShows() {
    SweepResult sweep = sweep(SIZE, 2);
    Map<FindingKind, Long> kinds = new HashMap<>();
    Map<FindingClass, String> first = new HashMap<>();
    long clean = 0;
    List<Scenario> scenarios = Generator.scenarios(SIZE, Plausibility.PLAUSIBLE).toList();
    for (Scenario scenario : scenarios) {
      ScenarioResult result =
          CHECKER.check(
              CHECKER.loaded(scenario, Path.of("x")), options("v2", 1, 100_000), (s, e, f) -> {});
      clean += result.findings().isEmpty() ? 1 : 0;
      result.findings().stream()
          .map(finding -> finding.kind())
          .distinct()
          .forEach(kind -> kinds.merge(kind, 1L, Long::sum));
      result
          .findings()
          .forEach(
              finding -> first.putIfAbsent(FindingClass.of(scenario, finding), scenario.name()));
    }
    assertThat(sweep.scenarios()).isEqualTo(scenarios.size());
    assertThat(sweep.complete()).isTrue();
    assertThat(sweep.columns()).extracting(SweepResult.Column::size).containsExactly("2x1", "2x2");
    assertThat(sweep.columns().stream().mapToLong(SweepResult.Column::clean).sum())
        .isEqualTo(clean);
    Map<FindingKind, Long> counted = new HashMap<>();
    sweep
        .kinds()
        .forEach(row -> counted.put(row.kind(), row.scenarios().stream().mapToLong(n -> n).sum()));
    assertThat(counted).isEqualTo(kinds).containsKey(FindingKind.DEADLOCK);
    Map<FindingClass, String> smallest = new HashMap<>();
    sweep
        .findings()
        .forEach(
            f -> smallest.put(new FindingClass(f.kind(), f.place(), f.functions()), f.scenario()));
    assertThat(smallest).isEqualTo(first);
  }

  /** A scenario whose set-up fails is none of the others: neither clean nor explored. */
  @Test
  void whatIsRefusedIsCounted() {
    CheckerFacade refusing =
        (CheckerFacade)
            Proxy.newProxyInstance(
                SweepTest.class.getClassLoader(),
                new Class<?>[] {CheckerFacade.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("check")) {
                    Scenario scenario = ((LoadedScenario) arguments[0]).scenario();
                    if (scenario.name().endsWith("2")) {
                      return CHECKER.check(
                          CHECKER.loaded(FAILS, Path.of("x")),
                          options("v2", 1, 100_000),
                          (s, e, f) -> {});
                    }
                  }
                  return method.invoke(CHECKER, arguments);
                });
    SweepResult all = sweep(SMALL, 1);

    SweepResult sweep =
        new Sweep(refusing, options("v2", 1, 100_000), null, (n, f, s) -> {})
            .run(SMALL, Plausibility.PLAUSIBLE, TOOL);

    long expected =
        Generator.scenarios(SMALL, Plausibility.PLAUSIBLE)
            .filter(scenario -> scenario.name().endsWith("2"))
            .count();
    assertThat(expected).isPositive();
    assertThat(all.columns().stream().mapToLong(SweepResult.Column::refused).sum()).isZero();
    assertThat(sweep.columns().stream().mapToLong(SweepResult.Column::refused).sum())
        .isEqualTo(expected);
    assertThat(sweep.scenarios()).isEqualTo(all.scenarios());
    assertThat(sweep.columns().stream().mapToLong(SweepResult.Column::complete).sum())
        .isEqualTo(all.scenarios() - expected);
  }

  @Test
  void workersMakeNoDifference() throws IOException {
    Size size = Size.parse("2x1 groups=1 processes=1 default-domain=yes");
    assertThat(json(sweep(size, 3))).isEqualTo(json(sweep(size, 1)));
  }

  private static String json(SweepResult sweep) throws IOException {
    StringWriter writer = new StringWriter();
    JsonReport.write(sweep, writer);
    return writer.toString();
  }

  @Test
  void theDocumentIsAsTheSchemaSaysAndReadsBack() throws IOException {
    SweepResult sweep = sweep(Size.parse("2x1 groups=1 processes=1"), 1);
    String json = json(sweep);
    assertThat(
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(JsonReport.class.getResourceAsStream("sweep.schema.json"))
                .validate(json, InputFormat.JSON))
        .isEmpty();
    assertThat(new ObjectMapper().readTree(json).get("findings").size()).isPositive();
    assertThat(JsonReport.readSweep(new StringReader(json))).isEqualTo(sweep);
  }

  @Test
  void theScheduleOfAFindingReplaysOnTheGeneratedScenario() {
    SweepResult.Distinct finding =
        sweep(Size.parse("2x1 groups=1 processes=1 default-domain=yes"), 1).findings().get(0);
    Scenario scenario =
        Generator.scenarios(
                Size.parse("2x1 groups=1 processes=1 default-domain=yes"), Plausibility.PLAUSIBLE)
            .skip(finding.number() - 1)
            .findFirst()
            .orElseThrow();
    assertThat(scenario.name()).isEqualTo(finding.scenario());
    assertThat(scenario.sourceText()).isEqualTo(finding.text());
    ReplayOutcome outcome =
        CHECKER.replay(CHECKER.loaded(scenario, Path.of("x")), "v2", finding.found().schedule());
    assertThat(outcome)
        .isInstanceOfSatisfying(
            ReplayOutcome.Replayed.class,
            replayed ->
                assertThat(replayed.result().findings())
                    .anyMatch(found -> found.kind() == finding.kind()));
  }

  @Test
  void whatIsNotExploredCompletelyIsNotClean() {
    SweepResult sweep =
        new Sweep(CHECKER, options("v2", 1, 1), null, (n, f, s) -> {})
            .run(Size.parse("2x1 groups=1 processes=1"), Plausibility.PLAUSIBLE, TOOL);
    SweepResult.Column column = sweep.columns().get(0);
    assertThat(column.incomplete()).isPositive();
    assertThat(column.complete() + column.incomplete()).isEqualTo(column.scenarios());
    assertThat(column.clean()).isLessThanOrEqualTo(column.complete());
    assertThat(sweep.complete()).isFalse();
    assertThat(new SweepText(Style.PLAIN, 100).closing(sweep))
        .contains(column.incomplete() + " incomplete");
  }

  @Test
  void itTellsHowFarItIs() {
    List<String> told = new ArrayList<>();
    new Sweep(
            CHECKER,
            options("fixed", 1, 100_000),
            MemoryModel.SLUB,
            (scenarios, findings, scenario) -> told.add(scenarios + " " + scenario))
        .run(Size.parse("1x1 groups=1 processes=0"), Plausibility.PLAUSIBLE, TOOL);
    assertThat(told).startsWith("1 g-1x1-000001", "2 g-1x1-000002");
  }
}
