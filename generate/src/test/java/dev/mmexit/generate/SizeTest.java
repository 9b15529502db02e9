package dev.mmexit.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizeTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2x1",
        "3x2 containers=2",
        "1x1 groups=0",
        "2x2 groups=1 processes=3 devices=2 setup=1",
        "2x1 default-domain=yes drivers=smmu,mdev",
        "2x1 default-domain=no",
        "2x1 use=attach,exit",
        "2x1 use=all"
      })
  void theTextReadsBack(String text) {
    Size size = Size.parse(text);
    assertThat(size).hasToString(text);
    assertThat(Size.parse(size.toString())).isEqualTo(size);
  }

  @Test
  void wordsSayTheSameAsTheShape() {
    assertThat(Size.parse("threads=2 operations=1")).isEqualTo(Size.parse(" 2x1 "));
    assertThat(Size.parse("2x1 use=core")).isEqualTo(Size.of(2, 1));
    assertThat(Size.parse("2x1 default-domain=both")).isEqualTo(Size.of(2, 1));
    assertThat(Size.parse("2x1").using("core,munmap").uses())
        .containsAll(OperationKind.CORE)
        .contains(OperationKind.MUNMAP)
        .hasSize(8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "groups=2 | a size says how many threads there are, and how many operations each has: as 2x1",
        "threads=2 | a size says how many threads there are, and how many operations each has: as 2x1",
        "0x1 | the number of threads is from 1 to 8, not 0",
        "2x9 | the number of operations is from 1 to 8, not 9",
        "2xy | the number of operations is a whole number, not 'y'",
        "2x1 groups=-1 | the number of groups is a whole number, not '-1'",
        "2x1 group=1 | 'group' is no bound of a size (the nearest is groups), expected one of"
            + " threads, operations, containers, groups, processes, devices, setup,"
            + " default-domain, drivers, use",
        "2x1 default-domain=maybe | default-domain is yes, no or both, not 'maybe'",
        "2x1 drivers=smu | there is no driver 'smu' (the nearest is smmu), expected some of smmu,"
            + " generic, mdev",
      })
  void whatIsNoSizeIsSaid(String text, String sentence) {
    assertThatThrownBy(() -> Size.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(sentence);
  }

  @Test
  void aNumberAloneIsNoSize() {
    assertThatThrownBy(() -> Size.parse("2"))
        .hasMessage("'2' is no part of a size, expected as 2x1 or groups=2");
  }

  @Test
  void anUnknownOperationIsSaid() {
    assertThatThrownBy(() -> Size.parse("2x1").using("attach,bin"))
        .hasMessageStartingWith(
            "there is no operation 'bin' (the nearest is bind), expected some of attach, detach,");
  }
}
