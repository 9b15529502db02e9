package dev.mmexit.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FindingKindTest {
  @Test
  void everyLabelIsReadBack() {
    for (FindingKind kind : FindingKind.values()) {
      assertThat(FindingKind.parse(kind.label())).contains(kind);
      assertThat(kind.label()).matches("[a-z]+(-[a-z]+)*");
      assertThat(kind.summary()).isNotBlank().doesNotContain("\n");
    }
  }

  @Test
  void noOtherTextIsAKind() {
    assertThat(FindingKind.parse("clean")).isEmpty();
    assertThat(FindingKind.parse("DEADLOCK")).isEmpty();
    assertThat(FindingKind.parse("")).isEmpty();
  }

  @Test
  void kindsAreSplitAsTheFormatSplitsThem() {
    assertThat(FindingKind.values()).filteredOn(FindingKind::whileRunning).hasSize(11);
    assertThat(FindingKind.WARNING.whileRunning()).isTrue();
    assertThat(FindingKind.STALE_MM.whileRunning()).isFalse();
    assertThat(FindingKind.CONDITION.whileRunning()).isFalse();
  }
}
