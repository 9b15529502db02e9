package dev.mmexit.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.explorer.result.FinalState;
import dev.mmexit.explorer.result.Finding;
import dev.mmexit.explorer.result.ScenarioResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that come to be, change their address space, and hold containers open. */
class TasksTest {
  private static final String BOUND =
      """
        container C0
        group G0 = D0
        process P0
        attach C0 G0
        bind C0 P0
      """;

  @TempDir Path folder;

  @Test
  void aChildsOperationsWaitUntilItExists() throws IOException {
    ScenarioResult result = check("process P0", " T0 | T1 ;\n fork P0 P1 | r0 = exit P1 ;");

    assertThat(result.findings()).isEmpty();
    assertThat(registers(result)).containsExactly(Map.of("T1:r0", 0L));
    assertThat(facts(result)).containsExactly(List.of("alive(P0)"));
  }

  @Test
  void whatAnExitedProcessForksNeverIs() throws IOException {
    ScenarioResult result =
        check("process P0", " T0 | T1 ;\n exit P0 | r0 = exit P1 ;\n r0 = fork P0 P1 | r1 = nop ;");

    assertThat(result.findings()).isEmpty();
    assertThat(registers(result)).containsExactly(Map.of("T0:r0", -3L, "T1:r0", -3L, "T1:r1", 0L));
    assertThat(facts(result)).containsExactly(List.of());
  }

  @Test
  void anOperationAboveItsOwnForkWaitsForEver() throws IOException {
    ScenarioResult result = check("process P0", " T0 ;\n exit P1 ;\n fork P0 P1 ;");

    assertThat(result.findings()).hasSize(1);
    Finding finding = result.findings().get(0);
    assertThat(finding.kind().label()).isEqualTo("deadlock");
    assertThat(finding.message()).contains("the fork or clone of P1");
  }

  @Test
  void thePidOfAProcessThatDoesNotExistYetIsUnknown() throws IOException {
    ScenarioResult result =
        check(
            "container C0 ; group G0 = D0 ; process P0 [pid=100] ; attach C0 G0",
            " T0 ;\n r0 = bind C0 P1 ;\n fork P0 P1 ;\n r1 = bind C0 P1 ;");

    assertThat(registers(result)).containsExactly(Map.of("T0:r0", -3L, "T0:r1", 1L));
    assertThat(facts(result).get(0)).contains("bound(D0,P1)").doesNotContain("bound(D0,P0)");
  }

  @Test
  void theSecondExecIsOfTheAddressSpaceThatTheFirstGave() throws IOException {
    ScenarioResult result =
        check(
            BOUND,
            " T0 ;\n exec P0 ;\n r0 = bind C0 P0 by P0 ;\n r1 = dma D0 P0 ;\n exec P0 ;"
                + "\n r2 = dma D0 P0 ;");

    assertThat(result.findings()).isEmpty();
    assertThat(registers(result)).containsExactly(Map.of("T0:r0", 1L, "T0:r1", 0L, "T0:r2", -14L));
    assertThat(facts(result)).containsExactly(List.of("attached(C0,G0)", "alive(P0)"));
  }

  @Test
  void whoSharesAnAddressSpaceHasItsFacts() throws IOException {
    ScenarioResult result =
        check(BOUND + "  clone P0 P1\n", " T0 ;\n exit P0 ;\n r0 = dma D0 P0 ;\n nop ;");

    assertThat(registers(result)).containsExactly(Map.of("T0:r0", 0L));
    assertThat(facts(result))
        .containsExactly(
            List.of(
                "attached(C0,G0)",
                "listed(C0,P0)",
                "pasid(C0,P0)=1",
                "listed(C0,P1)",
                "pasid(C0,P1)=1",
                "bound(D0,P0)",
                "bound(D0,P1)",
                "alive(P1)"));
  }

  @Test
  void theFileIsReleasedByItsLastHolderOnly() throws IOException {
    ScenarioResult result =
        check(
            "container C0 ; container C1 ; group G0 = D0 ; process P0 ; process P1 ; process P2 ;"
                + " attach C0 G0 ; open C0 by P0 ; open C0 by P1 ; open C1 by P2",
            " T0 ;\n exec P0 ;\n r0 = bind C0 P0 by P0 ;\n r1 = bind C0 P0 by P1 ;\n exit P1 ;"
                + "\n r2 = bind C0 P0 ;");

    assertThat(registers(result)).containsExactly(Map.of("T0:r0", -9L, "T0:r1", 1L, "T0:r2", -22L));
    assertThat(facts(result)).containsExactly(List.of("alive(P0)", "alive(P2)"));
  }

  @Test
  void aThreadOfTheManagerReleasesWhatItHeldLast() throws IOException {
    ScenarioResult result =
        check(
            "container C0 ; process P0 ; process P1 ; open C0 by P0",
            " T0 | T1 | T2 ;\n exit P0 | r0 = bind C0 P1 | r0 = unbind C0 P1 ;");

    assertThat(result.findings()).isEmpty();
    assertThat(registers(result))
        .containsExactlyInAnyOrder(
            Map.of("T1:r0", -22L, "T2:r0", -22L), Map.of("T1:r0", -22L, "T2:r0", -3L));
  }

  private static List<Map<String, Long>> registers(ScenarioResult result) {
    return result.finalStates().stream()
        .<Map<String, Long>>map(FinalState::registers)
        .distinct()
        .toList();
  }

  private static List<List<String>> facts(ScenarioResult result) {
    return result.finalStates().stream().map(FinalState::facts).distinct().toList();
  }

  private ScenarioResult check(String setUp, String table) throws IOException {
    Path file = folder.resolve("t.litmus");
    Files.writeString(file, "VFIO t\n{\n" + setUp + "\n}\n" + table + "\n");
    ModelChecker checker = new ModelChecker(ReplayTest.TOOL);
    LoadResult loaded = checker.load(file, null);
    assertThat(loaded).isInstanceOf(LoadResult.Loaded.class);
    ScenarioResult result =
        checker.check(
            ((LoadResult.Loaded) loaded).scenario(),
            new ExplorationOptions(
                "v2", Optional.empty(), OptionalLong.empty(), OptionalInt.empty(), 1, true),
            (states, executions, findings) -> {});
    assertThat(result.complete()).isTrue();
    return result;
  }
}
