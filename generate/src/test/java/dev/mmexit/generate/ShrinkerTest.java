package dev.mmexit.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.explorer.ExplorationOptions;
import dev.mmexit.explorer.LoadResult;
import dev.mmexit.explorer.LoadedScenario;
import dev.mmexit.explorer.ModelChecker;
import dev.mmexit.explorer.result.Finding;
import dev.mmexit.explorer.result.ScenarioResult;
import dev.mmexit.explorer.result.Tool;
import dev.mmexit.kernel.FindingKind;
import dev.mmexit.scenario.SetUpFailed;
import dev.mmexit.scenario.format.Scenario;
import dev.mmexit.scenario.format.ScenarioParser;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ShrinkerTest {
  private static final ModelChecker CHECKER = new ModelChecker(new Tool("mmexit", "test"));
  private static final ExplorationOptions OPTIONS = options(Optional.empty());

  /** Scenarios with something to take away, of all sorts. */
  private static final List<String> FILES =
      List.of(
          "exit-vs-detach-2g-last",
          "attach-second-fails",
          "fail-second-device-init",
          "vfio-set-vs-set-same",
          "dma-after-detach-2g-nodd",
          "exec-vs-detach");

  private static ExplorationOptions options(Optional<Duration> time) {
    return new ExplorationOptions("v2", time, OptionalLong.empty(), OptionalInt.empty(), 1, true);
  }

  private static LoadedScenario load(String name) {
    LoadResult result = CHECKER.load(Path.of("../scenarios/" + name + ".litmus"), null);
    return ((LoadResult.Loaded) result).scenario();
  }

  private static ScenarioResult check(Scenario scenario) {
    return CHECKER.check(
        CHECKER.loaded(scenario, Path.of("x")), OPTIONS, (states, executions, findings) -> {});
  }

  @Provide
  Arbitrary<String> files() {
    return Arbitraries.of(FILES);
  }

  @Property
  void aSmallerScenarioShowsTheFindingAndNoneOfItsPartsCanGo(@ForAll("files") String file) {
    Scenario scenario = load(file).scenario();
    Finding finding = check(scenario).findings().get(0);
    FindingClass wanted = FindingClass.of(scenario, finding);
    Shrinker.Result result =
        new Shrinker(CHECKER, OPTIONS).shrink(scenario, finding, file + "-small-1");
    assertThat(result.minimal()).isTrue();
    assertThat(result.scenario().name()).isEqualTo(file + "-small-1");
    assertThat(FindingClass.of(result.scenario(), result.finding()).isLike(wanted)).isTrue();
    Scenario read = read(result.scenario().sourceText());
    assertThat(shows(read, wanted)).isTrue();
    assertThat(parts(read)).isLessThanOrEqualTo(parts(scenario));
    for (Scenario smaller : Shrinker.smaller(read)) {
      assertThat(shows(smaller, wanted)).as(smaller.sourceText()).isFalse();
    }
  }

  private static Scenario read(String text) {
    Scenario scenario = ScenarioParser.parse("x", text, Set.of()).scenario();
    assertThat(scenario).as(text).isNotNull();
    return scenario;
  }

  private static boolean shows(Scenario scenario, FindingClass wanted) {
    try {
      return check(scenario).findings().stream()
          .anyMatch(finding -> FindingClass.of(scenario, finding).isLike(wanted));
    } catch (SetUpFailed refused) {
      return false;
    }
  }

  private static int parts(Scenario scenario) {
    return scenario.containers().size()
        + scenario.groups().size()
        + scenario.processes().size()
        + scenario.devices().size()
        + scenario.setup().size()
        + scenario.fails().size()
        + scenario.threads().stream().mapToInt(thread -> thread.steps().size()).sum();
  }

  private static final String CROWD =
      """
      VFIO crowd
      "what has nothing to do with it is all taken away"
      {
        memory slub
        container C0
        container C1
        group G0 = D0 [ops=generic msi=yes pasids=2..9]
        group G1 = D1 D2
        process P0 [uid=3]
        process P1 [pid=7]
        fail mm_attach nth=40
        attach C0 G0
        attach C1 G1
        bind C0 P0
        r0 = bind C1 P1
      }
       T0         | T1                | T2           ;
       munmap P1  | r1 = detach C0 G0 | attach C1 G1 ;
       exit P0    |                   |              ;
      exists (T1:r1 = 0 /\\ init:r0 < 0)
      """;

  @Example
  void allThatIsNotNeededGoes() {
    Scenario scenario = read(CROWD);
    Finding finding =
        check(scenario).findings().stream()
            .filter(each -> each.kind() == FindingKind.DEADLOCK)
            .findFirst()
            .orElseThrow();
    Shrinker.Result result = new Shrinker(CHECKER, OPTIONS).shrink(scenario, finding, "alone");
    assertThat(result.scenario().sourceText())
        .isEqualTo(
            """
            VFIO alone
            "what has nothing to do with it is all taken away"
            {
              container C0
              group G0 = D0
              process P0
              attach C0 G0
              bind C0 P0
            }
             T0      | T1           ;
             exit P0 | detach C0 G0 ;
            """);
  }

  @Example
  void itIsTheSameEveryTime() {
    Scenario scenario = load("exit-vs-detach-2g-last").scenario();
    Finding finding = check(scenario).findings().get(0);
    Shrinker shrinker = new Shrinker(CHECKER, OPTIONS);
    assertThat(shrinker.shrink(scenario, finding, "x"))
        .isEqualTo(shrinker.shrink(scenario, finding, "x"));
  }

  /** A clock that goes on by a second whenever it is asked. */
  @Example
  void whereTheTimeIsOverItIsSaid() {
    Scenario scenario = read(CROWD);
    Finding finding = check(scenario).findings().get(0);
    long[] now = {0};
    Shrinker.Result result =
        new Shrinker(
                CHECKER,
                options(Optional.of(Duration.ofSeconds(9))),
                () -> now[0] += TimeUnit.SECONDS.toNanos(1))
            .shrink(scenario, finding, "late");
    assertThat(result.minimal()).isFalse();
    assertThat(result.finding().kind()).isEqualTo(finding.kind());
    assertThat(parts(result.scenario())).isLessThanOrEqualTo(parts(scenario));
  }

  @Example
  void aConditionStaysWhereItIsTheFinding() {
    Scenario scenario =
        read(
            """
            VFIO never
            {
              container C0
              group G0 = D0
              process P0
            }
             T0                | T1      ;
             r0 = attach C0 G0 | exit P0 ;
            ~exists (T0:r0 = 0)
            """);
    Finding finding = check(scenario).findings().get(0);
    assertThat(finding.kind()).isEqualTo(FindingKind.CONDITION);
    Shrinker.Result result = new Shrinker(CHECKER, OPTIONS).shrink(scenario, finding, "less");
    assertThat(result.scenario().sourceText())
        .isEqualTo(
            """
            VFIO less
            {
              container C0
              group G0 = D0
            }
             T0                ;
             r0 = attach C0 G0 ;
            ~exists (T0:r0 = 0)
            """);
  }
}
