package dev.mmexit.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.explorer.ModelChecker;
import dev.mmexit.explorer.result.Tool;
import dev.mmexit.scenario.format.ParseResult;
import dev.mmexit.scenario.format.Scenario;
import dev.mmexit.scenario.format.ScenarioParser;
import dev.mmexit.scenario.format.ScenarioWriter;
import dev.mmexit.scenario.format.Step;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Every generated scenario can be read, says what it says, and can be set up. */
class RoundTripTest {
  private static final Size SMALL = Size.of(2, 1);
  private static final Size ALL =
      Size.parse("2x1 containers=2 devices=2 drivers=smmu,generic,mdev use=all");
  private static final List<Scenario> PICKS = picks();

  private final ModelChecker checker = new ModelChecker(new Tool("mmexit", "test"));

  /** One of every so many of a large size, plausible ones and others. */
  private static List<Scenario> picks() {
    List<Scenario> picks = new ArrayList<>();
    for (Plausibility plausibility : Plausibility.values()) {
      Drafts drafts = new Drafts(ALL, plausibility);
      for (int number = 0; number < 200_000; number++) {
        Draft draft = drafts.next();
        if (number % 499 == 0) {
          picks.add(draft.named("g-" + number, ""));
        }
      }
    }
    return picks;
  }

  @Example
  void everyScenarioOfASmallSizeReadsBack() {
    Generator.scenarios(SMALL, Plausibility.PLAUSIBLE).forEach(this::readsBack);
  }

  @Example
  void everySetUpOfASmallSizeRuns() {
    Set<List<Object>> seen = new HashSet<>();
    Generator.scenarios(SMALL, Plausibility.ANY)
        .filter(scenario -> seen.add(List.of(scenario.setup(), scenario.groups())))
        .forEach(this::setsUp);
    assertThat(seen).hasSizeGreaterThan(30);
  }

  @Provide
  Arbitrary<Scenario> generated() {
    return Arbitraries.of(PICKS);
  }

  @Property(tries = 150)
  void anyScenarioReadsBackAndSetsUp(@ForAll("generated") Scenario scenario) {
    readsBack(scenario);
    setsUp(scenario);
  }

  private void setsUp(Scenario scenario) {
    assertThat(checker.setUpErrors(checker.loaded(scenario, Path.of("g.litmus")), "v2"))
        .as(scenario.sourceText())
        .isEmpty();
  }

  private void readsBack(Scenario scenario) {
    ParseResult result = ScenarioParser.parse(scenario.name(), scenario.sourceText(), Set.of("v2"));
    assertThat(result.diagnostics()).as(scenario.sourceText()).isEmpty();
    Scenario read = result.scenario();
    assertThat(ScenarioWriter.write(read)).isEqualTo(scenario.sourceText());
    assertThat(read.name()).isEqualTo(scenario.name());
    assertThat(operations(read)).isEqualTo(operations(scenario));
    assertThat(read.devices()).isEqualTo(scenario.devices());
    assertThat(read.processes().stream().map(p -> p.name() + p.pid()))
        .isEqualTo(scenario.processes().stream().map(p -> p.name() + p.pid()).toList());
  }

  private static List<Object> operations(Scenario scenario) {
    return List.of(
        scenario.setup().stream().map(Step::operation).toList(),
        scenario.threads().stream()
            .map(thread -> thread.steps().stream().map(Step::operation).toList())
            .toList());
  }
}
