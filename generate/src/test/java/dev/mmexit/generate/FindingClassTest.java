package dev.mmexit.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.explorer.result.Finding;
import dev.mmexit.explorer.result.ThreadReport;
import dev.mmexit.explorer.result.ThreadStatus;
import dev.mmexit.kernel.FindingKind;
import dev.mmexit.scenario.format.Scenario;
import dev.mmexit.scenario.format.ScenarioParser;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FindingClassTest {
  private static final Scenario SCENARIO =
      ScenarioParser.parse(
              "x",
              """
              VFIO x
              {
                container box
                group G0 = D0 D1
                process P0
                process P1
              }
               T0      | T1         ;
               exit P0 | fork P1 Q  ;
              """,
              Set.of())
          .scenario();

  private static FindingClass of(String place, ThreadReport... threads) {
    return FindingClass.of(
        SCENARIO, new Finding(FindingKind.DEADLOCK, "m", place, List.of(threads), "s", List.of()));
  }

  private static ThreadReport thread(String... stack) {
    return new ThreadReport("T0", "P0", ThreadStatus.BLOCKED, "l", null, List.of(), List.of(stack));
  }

  @Test
  void objectsAreCalledByWhatTheyAre() {
    assertThat(of("f waits for bond D1-P1 in box of G0").place())
        .isEqualTo("f waits for bond device-process in container of group");
    assertThat(of("D0 D1 P1 P0 P1 Q").place())
        .isEqualTo("device device 2 process process 2 process process 3");
    assertThat(of("D0 has PASID 12 for P0'").place())
        .isEqualTo("device has some PASID for process'");
    assertThat(of("P0 has the PASIDs [1, 2]").place())
        .isEqualTo(of("P1 has the PASIDs [2, 3]").place());
  }

  @Test
  void threadsThatStandInThePlaceHavePart() {
    FindingClass its =
        of("inner waits for lock", thread("inner", "middle", "entry"), thread("other", "entry"));
    assertThat(its.functions()).containsExactly("inner <- entry");
    assertThat(of("do_exit x", thread("do_exit"), thread()).functions()).containsExactly("do_exit");
  }

  @Test
  void theWayMakesADifferenceAndIsLikeAllTheSame() {
    FindingClass one = of("inner P0", thread("inner", "exit"));
    FindingClass other = of("inner P1", thread("inner", "exec"));
    assertThat(one).isNotEqualTo(other);
    assertThat(one.isLike(other)).isTrue();
    assertThat(one.isLike(of("inner D0"))).isFalse();
    assertThat(one).isGreaterThan(other);
  }
}
