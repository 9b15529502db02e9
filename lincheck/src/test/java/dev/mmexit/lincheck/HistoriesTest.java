package dev.mmexit.lincheck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.scenario.format.Scenario;
import dev.mmexit.variant.Variant;
import dev.mmexit.variant.Variants;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Executions that end early hide nothing. */
class HistoriesTest {
  private static final Variant V2 = Variants.find("v2").orElseThrow();
  private static final int MANY = 3000;

  @Test
  void firstWayToAStateGoesOnAndOthersDoNot() {
    Histories histories = new Histories(true);

    assertThat(histories.isNew(1, 10)).isTrue();
    assertThat(histories.isNew(1, 11)).isFalse();
    assertThat(histories.isNew(1, 10)).as("the same way again").isTrue();
    assertThat(histories.isNew(2, 11)).isTrue();
    histories.clear();
    assertThat(histories.isNew(1, 11)).isTrue();
  }

  @Test
  void allGoOnWhereNothingIsPruned() {
    Histories histories = new Histories(false);

    assertThat(histories.isNew(1, 10)).isTrue();
    assertThat(histories.isNew(1, 11)).isTrue();
  }

  /** Small enough to be exhausted both ways. */
  @Test
  void sameIsFoundWithoutPruning() {
    for (String name : new String[] {"bind-vs-attach", "bind-vs-detach-nodd", "conf-09"}) {
      Scenario scenario = Catalogue.find(Path.of("../scenarios"), name);

      Verdict pruned = LincheckRun.of(V2, scenario, MANY, true);
      Verdict all = LincheckRun.of(V2, scenario, MANY, false);

      assertThat(pruned.complete()).as(name).isTrue();
      assertThat(all.complete()).as(name).isTrue();
      assertThat(pruned.findings().keySet()).as(name).isEqualTo(all.findings().keySet());
      assertThat(pruned.executions()).as(name).isLessThanOrEqualTo(all.executions());
    }
  }
}
