package dev.mmexit.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.explorer.result.FieldChange;
import dev.mmexit.explorer.result.Finding;
import dev.mmexit.explorer.result.InterleavingStep;
import dev.mmexit.explorer.result.ReplayFinding;
import dev.mmexit.explorer.result.StepLine;
import dev.mmexit.explorer.result.Tool;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Schedules show what they were found for. */
class ReplayTest {
  static final Tool TOOL = new Tool("mmexit", "0");

  private final ModelChecker checker = new ModelChecker(TOOL);

  static LoadedScenario load(ModelChecker checker, String name) {
    LoadResult result = checker.load(Scenarios.file(name), null);
    assertThat(result).isInstanceOf(LoadResult.Loaded.class);
    return ((LoadResult.Loaded) result).scenario();
  }

  private List<Finding> findings(String name) {
    return checker
        .check(
            load(checker, name),
            new ExplorationOptions(
                "v2", Optional.empty(), OptionalLong.empty(), OptionalInt.empty(), 1, true),
            (states, executions, findings) -> {})
        .findings();
  }

  private ReplayOutcome replay(String name, String schedule) {
    return checker.replay(load(checker, name), "v2", schedule);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "exit-vs-detach",
        "conf-04",
        "conf-08",
        "conf-09",
        "conf-10",
        "conf-18",
        "conf-20",
        "conf-22",
        "conf-32",
        "conf-43",
        "fail-any-attach-incompatible"
      })
  void everyScheduleShowsItsFinding(String name) {
    List<Finding> findings = findings(name);
    assertThat(findings).isNotEmpty();
    for (Finding finding : findings) {
      ReplayOutcome outcome = replay(name, finding.schedule());
      assertThat(outcome).isInstanceOf(ReplayOutcome.Replayed.class);
      var result = ((ReplayOutcome.Replayed) outcome).result();
      assertThat(result.findings()).contains(new ReplayFinding(finding.kind(), finding.message()));
      assertThat(result.steps()).isEqualTo(finding.steps());
      assertThat(result.schedule()).isEqualTo(finding.schedule());
    }
  }

  @Test
  void eachStepSaysWhatItChanges() {
    List<InterleavingStep> steps = findings("exit-vs-detach").get(1).steps();
    // down_read; the count of the address space.
    assertThat(steps.get(1).changes())
        .containsExactlyInAnyOrder(
            new FieldChange("mm->mm_count (P0)", "3", "4"),
            new FieldChange("mm->mmap_sem (P0)", "free", "read T0"));
    // list_del and kfree under a lock that is given up again: the object's own fields are gone.
    assertThat(steps.get(4).changes())
        .containsExactlyInAnyOrder(
            new FieldChange("iommu->mm_list.next (C0)", "vfio_mm P0", "itself"),
            new FieldChange("vfio_mm P0", "allocated", "freed"));
    assertThat(steps.get(6).changes())
        .containsExactly(new FieldChange("iommu->lock (C0)", "free", "T1"));
    // A lock that is taken and given up.
    assertThat(steps.get(8).lines()).extracting(StepLine::text).contains("mutex_lock param->lock");
    assertThat(steps.get(8).changes()).isEmpty();
    assertThat(steps.get(9).changes())
        .contains(new FieldChange("bond->mm_exit_wq (D0-P0)", "nobody", "T1"));
  }

  @Test
  void whatIsAllocatedIsAChange() {
    assertThat(findings("fail-msi-cookie"))
        .flatExtracting(Finding::steps)
        .flatExtracting(InterleavingStep::changes)
        .anySatisfy(change -> assertThat(change.to()).isEqualTo("allocated"));
  }

  private String schedule() {
    return findings("exit-vs-detach").get(0).schedule();
  }

  @Test
  void anotherScenarioDoesNotFit() {
    assertThat(replay("conf-10", schedule()))
        .isInstanceOfSatisfying(
            ReplayOutcome.Mismatch.class,
            mismatch -> assertThat(mismatch.reason()).contains("made for another scenario"));
  }

  @Test
  void anUnknownThreadDoesNotFit() {
    assertThat(replay("exit-vs-detach", schedule() + ",T9"))
        .isInstanceOfSatisfying(
            ReplayOutcome.Mismatch.class,
            mismatch -> {
              assertThat(mismatch.thread()).isEqualTo("T9");
              assertThat(mismatch.reason()).isEqualTo("there is no T9 here");
            });
  }

  @Test
  void aBlockedThreadDoesNotFit() {
    // The first finding is a deadlock: nobody can go on.
    assertThat(replay("exit-vs-detach", schedule() + ",T0"))
        .isInstanceOfSatisfying(
            ReplayOutcome.Mismatch.class,
            mismatch -> {
              assertThat(mismatch.reason()).isEqualTo("T0 is blocked");
              assertThat(mismatch.runnable()).isEmpty();
            });
  }

  @Test
  void whatCannotFailDoesNotFit() {
    String found = findings("fail-any-attach-incompatible").get(0).schedule();
    String prefix = found.substring(0, found.lastIndexOf(':') + 1);
    assertThat(found).as("a call fails in it").contains("!");
    String failing = found.substring(prefix.length()).replaceAll("!.*", "!");
    String thread = failing.replaceAll(".*,|!", "");
    // Nobody has come to a call, and no other call may fail after one that did.
    for (String steps : List.of(thread + "!", failing + "," + thread + "!")) {
      assertThat(replay("fail-any-attach-incompatible", prefix + steps))
          .isInstanceOfSatisfying(
              ReplayOutcome.Mismatch.class,
              mismatch ->
                  assertThat(mismatch.reason())
                      .isEqualTo(thread + " is not before a call that may still fail"));
    }
  }

  @Test
  void theBeginningOfAScheduleFits() {
    String prefix = schedule().substring(0, schedule().lastIndexOf(':') + 1);
    for (String steps : List.of("", "T0", "T1*3")) {
      assertThat(replay("exit-vs-detach", prefix + steps))
          .isInstanceOfSatisfying(
              ReplayOutcome.Replayed.class,
              replayed -> {
                assertThat(replayed.result().findings()).isEmpty();
                assertThat(replayed.result().finalState()).isNull();
              });
    }
  }

  @Test
  void whatIsNoScheduleIsMalformed() {
    assertThat(replay("exit-vs-detach", "T0*5")).isInstanceOf(ReplayOutcome.Malformed.class);
  }
}
