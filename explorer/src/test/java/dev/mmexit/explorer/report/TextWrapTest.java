package dev.mmexit.explorer.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextWrapTest {
  @Test
  void breaksBetweenWords() {
    assertThat(TextWrap.wrap("a: ", "   ", "one two three", 10))
        .containsExactly("a: one two", "   three");
  }

  @Test
  void breaksLongNamesAfterUnderscores() {
    assertThat(TextWrap.wrap("vfio_iommu_type1_detach_group", 13))
        .containsExactly("vfio_iommu_", "type1_detach_", "group");
  }

  @Test
  void breaksAnywhereWhereItMust() {
    assertThat(TextWrap.wrap("abcdefgh", 3)).containsExactly("abc", "def", "gh");
  }

  @Test
  void keepsEmptyText() {
    assertThat(TextWrap.wrap("", 10)).containsExactly("");
  }

  @Test
  void showsControlCharactersAsQuestionMarks() {
    assertThat(TextWrap.wrap("a\u001b[1mb\nc", 20)).containsExactly("a?[1mb?c");
  }
}
