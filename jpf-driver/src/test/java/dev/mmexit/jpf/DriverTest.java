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
import org.junit.jupiter.params.provider.ValueSource;

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
  @ValueSource(
      strings = {
        "bind-vs-unbind", // nothing
        "unbind-vs-detach-nodd", // what is wrong at the end
        "exit-vs-detach", // a deadlock, which the scheduler sees, and page tables
        "exit-vs-detach-nodd", // a use after free, and a callback
        "exit-vs-attach-mdev", // a data race
        "exit-vs-pin", // a lock
        "fail-copy-to-user", // a call that fails
        "slub-exit-vs-detach-nodd", // memory that comes back
        "fault-vs-exit", // a work item
      })
  void findsWhatIsExpected(String name) {
    Scenario scenario = scenario(name);

    assertThat(found(scenario)).isEqualTo(expected(scenario));
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
  void choicesAreTheScheduler() {
    Scenario scenario = scenario("fail-any-bind-vs-exit");
    Set<String> states = new TreeSet<>();
    for (int seed = 0; seed < SEEDS; seed++) {
      states.add(walk(scenario, seed).finalState());
    }

    assertThat(states).anyMatch(state -> state.contains("-12")).hasSizeGreaterThan(1);
  }
}
