package dev.mmexit.explorer.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.explorer.Golden;
import dev.mmexit.explorer.Samples;
import dev.mmexit.explorer.result.LockGraph;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class LockdepTextTest {
  private static final LockdepText TEXT = new LockdepText(Style.PLAIN, Samples.TOOL);

  @Test
  void aWitnessedCycleIsADeadlock() {
    Golden.check("lockdep.txt", TEXT.of(Samples.lockGraph()));
    assertThat(TEXT.of(Samples.lockGraph()))
        .contains("circular locking dependency detected, which is a deadlock", "*** DEADLOCK ***")
        .doesNotContain("WARNING: possible");
  }

  @Test
  void aPossibleCycleIsNotCalledOne() {
    String text = TEXT.of(Samples.incompleteLockGraph());
    Golden.check("lockdep-incomplete.txt", text);
    String possible = text.substring(text.indexOf("WARNING: possible"));
    assertThat(possible).doesNotContainIgnoringCase("deadlock");
    assertThat(text).contains("INCOMPLETE");
  }

  @Test
  void noLineIsWiderThanThePage() {
    for (LockGraph graph : List.of(Samples.lockGraph(), Samples.incompleteLockGraph())) {
      for (int width : List.of(80, 100)) {
        assertThat(new LockdepText(Style.PLAIN, Samples.TOOL, width).of(graph).lines())
            .filteredOn(line -> !line.startsWith("schedule: "))
            .filteredOn(line -> !line.matches("[=-]+|WARNING: .*"))
            .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(width));
      }
    }
  }

  @Test
  void anOrderWithoutCyclesIsShort() {
    LockGraph graph = new LockGraph("v2", List.of("iommu->lock"), List.of(), List.of());
    assertThat(TEXT.of(graph))
        .isEqualTo(
            """
            Lock order of v2
              alone: iommu->lock

            v2: 1 class, 0 events, 0 edges; cycles: 0 witnessed, 0 possible
            """);
  }

  @Test
  void whatSomeHoldIsInBrackets() {
    assertThat(TEXT.held(Samples.lockGraph()))
        .isEqualTo(
            """
            Held where functions of v2 are called
              io_mm_free: nothing
              vfio_iommu_mm_exit: bond->mm_exit_wq, [group->mutex]
            """);
  }

  @Test
  void dotDrawsEventsRoundAndCyclesBold() {
    for (LockGraph graph : List.of(Samples.lockGraph(), Samples.incompleteLockGraph())) {
      StringWriter dot = new StringWriter();
      LockGraphDot.write(graph, dot);
      Golden.check(graph.complete() ? "lockdep.dot" : "lockdep-incomplete.dot", dot.toString());
    }
  }
}
