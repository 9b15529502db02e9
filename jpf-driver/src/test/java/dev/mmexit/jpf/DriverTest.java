package dev.mmexit.jpf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.kernel.FindingKind;
import dev.mmexit.scenario.format.ParseResult;
import dev.mmexit.scenario.format.Scenario;
import dev.mmexit.scenario.format.ScenarioParser;
import dev.mmexit.variant.Variant;
import dev.mmexit.variant.Variants;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The driver on random schedules says what the {@code expect} lines do, and no more. */
class DriverTest {
  private static final Variant V2 = Variants.find("v2").orElseThrow();
  private static final int SEEDS = 300;

  static Scenario scenario(String name) {
    ParseResult result =
        ScenarioParser.parseFile(Path.of("../scenarios/" + name + ".litmus"), Variants.names());
    assertThat(result.diagnostics()).isEmpty();
    return result.scenario();
  }

  private static RandomWalk walk(Scenario scenario, long seed) {
    RandomWalk walk = new RandomWalk(seed);
    try {
      new Driver(V2, scenario, walk).run();
    } catch (RandomWalk.Over over) {
      // A finding or a deadlock has ended it.
    }
    return walk;
  }

  private static Set<String> found(Scenario scenario) {
    Set<String> found = new TreeSet<>();
    for (int seed = 0; seed < SEEDS; seed++) {
      found.addAll(walk(scenario, seed).findings().keySet());
    }
    return found;
  }

  private static Set<String> expected(Scenario scenario) {
    return scenario.expectations().get("v2").kinds().stream()
        .map(FindingKind::label)
        .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @CsvSource({
    "bind-vs-unbind,", // nothing
    "unbind-vs-detach-nodd, leaked-bond leaked-sva-param", // what is wrong at the end
    "exit-vs-detach, deadlock", // which the scheduler sees
    "exit-vs-detach-nodd, use-after-free", // and callbacks
    "vfio-set-vs-set-2c, data-race", // which the harness sees
    "exit-vs-pin, lock-misuse", // a bug of the modelled code
    "slub-exit-bind-detach, deadlock", // memory that comes back
    "slub-vfio-bind-vs-reset, use-after-free data-race", // and is used through an old pointer
    "fault-vs-exit,", // a work item
  })
  void findsWhatIsExpected(String name, String certain) {
    Scenario scenario = scenario(name);

    Set<String> found = found(scenario);

    // A random walk need not come to them all, but to nothing else.
    assertThat(expected(scenario)).containsAll(found);
    if (certain != null) {
      assertThat(found).contains(certain.split(" "));
    }
  }

  @Test
  void sameScheduleSameResult() {
    Scenario scenario = scenario("exit-vs-exit");

    RandomWalk one = walk(scenario, 5);
    RandomWalk other = walk(scenario, 5);

    assertThat(other.findings()).isEqualTo(one.findings());
    assertThat(other.finalState()).isEqualTo(one.finalState()).isNotEmpty();
  }

  @Test
  void whatMayFailFailsWhereTheSchedulerSaysSo() {
    Scenario scenario = scenario("fail-any-attach-nodd");
    Set<String> states = new TreeSet<>();
    for (int seed = 0; seed < SEEDS; seed++) {
      states.add(walk(scenario, seed).finalState());
    }

    assertThat(states).anyMatch(state -> state.contains("-12")).hasSizeGreaterThan(1);
  }
}
