package dev.mmexit.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.scenario.format.ParseResult;
import dev.mmexit.scenario.format.Scenario;
import dev.mmexit.scenario.format.ScenarioParser;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RegistersTest {
  private static Scenario read(String text) {
    ParseResult result = ScenarioParser.parse("a.litmus", text, Set.of("v2"));
    return Objects.requireNonNull(result.scenario());
  }

  @Test
  void everyOperationGetsOneThatIsFree() {
    Scenario scenario =
        Registers.added(
            read(
                """
                VFIO a
                {
                  container C0
                  group G0 = D0
                  process P0
                  attach C0 G0
                }
                 T0                | T1      ;
                 bind C0 P0        | exit P0 ;
                 r0 = unbind C0 P0 |         ;
                 detach C0 G0      |         ;
                """));

    assertThat(scenario.threads().get(0).steps())
        .extracting(step -> step.text())
        .containsExactly("r1 = bind C0 P0", "r0 = unbind C0 P0", "r2 = detach C0 G0");
    assertThat(scenario.threads().get(1).steps())
        .extracting(step -> step.text())
        .containsExactly("r0 = exit P0");
    assertThat(scenario.setup()).extracting(step -> step.text()).containsExactly("attach C0 G0");
    assertThat(read(scenario.sourceText()).threads().get(0).steps().get(2).text())
        .isEqualTo("r2 = detach C0 G0");
  }
}
