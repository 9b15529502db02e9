package dev.mmexit.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.explorer.result.ScenarioResult;
import dev.mmexit.explorer.result.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code fail any max=N}: no more than that many calls fail, though several threads come to their
 * first one at once; and just as many in some execution.
 */
class FaultBudgetTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void noMoreCallsFailThanMay(int max, @TempDir Path folder) throws IOException {
    Path file = folder.resolve("binds.litmus");
    Files.writeString(
        file,
        """
        VFIO binds
        {
          container C0
          group G0 = D0
          process P0
          process P1
          attach C0 G0
          fail any max=%d
        }
         T0              | T1              | T2              ;
         r0 = bind C0 P0 | r0 = bind C0 P1 | r0 = bind C0 P0 ;
        """
            .formatted(max));
    ModelChecker checker = new ModelChecker(new Tool("mmexit", "test"));
    LoadedScenario scenario = ((LoadResult.Loaded) checker.load(file, null)).scenario();

    ScenarioResult result =
        checker.check(
            scenario,
            new ExplorationOptions(
                "v2", Optional.empty(), OptionalLong.empty(), OptionalInt.empty(), 1, true),
            (states, executions, findings) -> {});

    // Nothing else makes a bind fail here.
    assertThat(result.finalStates())
        .isNotEmpty()
        .allSatisfy(
            state -> assertThat(failed(state.registers().values())).isLessThanOrEqualTo(max))
        .anySatisfy(state -> assertThat(failed(state.registers().values())).isEqualTo(max));
  }

  private static long failed(Iterable<Long> registers) {
    long failed = 0;
    for (long register : registers) {
      failed += register < 0 ? 1 : 0;
    }
    return failed;
  }
}
