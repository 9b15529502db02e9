package dev.mmexit.explorer.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mmexit.explorer.Samples;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScenarioResultTest {
  private static final List<Finding> DEADLOCK = List.of(Samples.deadlock());

  @Test
  void aCompleteResultIsAsExpectedWhereTheKindsAreEqual() {
    assertThat(verdict(null, DEADLOCK, List.of("deadlock"))).isEqualTo(Verdict.AS_EXPECTED);
    assertThat(verdict(null, DEADLOCK, List.of("deadlock", "refcount")))
        .isEqualTo(Verdict.UNEXPECTED);
    assertThat(verdict(null, DEADLOCK, List.of())).isEqualTo(Verdict.UNEXPECTED);
    assertThat(verdict(null, List.of(), List.of())).isEqualTo(Verdict.AS_EXPECTED);
  }

  @Test
  void withoutAnExpectationNothingMayBeFound() {
    assertThat(verdict(null, List.of(), null)).isEqualTo(Verdict.AS_EXPECTED);
    assertThat(verdict(null, DEADLOCK, null)).isEqualTo(Verdict.UNEXPECTED);
  }

  @Test
  void aBoundedResultIsWrongOrIncompleteButNeverAPass() {
    assertThat(verdict("time", DEADLOCK, List.of("deadlock"))).isEqualTo(Verdict.INCOMPLETE);
    assertThat(verdict("time", List.of(), List.of("deadlock"))).isEqualTo(Verdict.INCOMPLETE);
    assertThat(verdict("time", List.of(), null)).isEqualTo(Verdict.INCOMPLETE);
    assertThat(verdict("time", DEADLOCK, List.of())).isEqualTo(Verdict.UNEXPECTED);
  }

  @Test
  void namesTheKindsThatDiffer() {
    ScenarioResult result =
        Samples.complete(
            "a", List.of(Samples.staleMm(), Samples.deadlock()), List.of("refcount", "deadlock"));
    assertThat(result.unexpectedKinds()).containsExactly("stale-mm");
    assertThat(result.missingKinds()).containsExactly("refcount");
  }

  @Test
  void countsEveryScenarioOnce() {
    assertThat(Samples.mixed().summary()).isEqualTo(new Summary(6, 2, 3, 1));
  }

  @Test
  void observesTheProposition() {
    assertThat(new ConditionResult("~exists (x)", true, 0, 3).observation()).isEqualTo("Never");
    assertThat(new ConditionResult("exists (x)", true, 1, 3).observation()).isEqualTo("Sometimes");
    assertThat(new ConditionResult("forall (x)", true, 3, 0).observation()).isEqualTo("Always");
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertThatThrownBy(() -> new StepLine(-1, "f", "")).hasMessageContaining("depth");
    InterleavingStep step = Samples.step(2, List.of());
    Finding finding = Samples.staleMm();
    assertThatThrownBy(
            () ->
                new Finding(
                    finding.kind(), "m", "p", finding.threads(), finding.schedule(), List.of(step)))
        .hasMessageContaining("thread 2");
  }

  private static Verdict verdict(
      @Nullable String bound, List<Finding> findings, @Nullable List<String> expected) {
    return Samples.result("a", bound, findings, expected).verdict();
  }
}
