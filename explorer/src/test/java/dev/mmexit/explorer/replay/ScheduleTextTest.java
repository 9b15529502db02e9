package dev.mmexit.explorer.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTextTest {
  @Property(tries = 200)
  void canBeReadBack(@ForAll("schedules") List<String> names) throws ScheduleText.Malformed {
    ScheduleText schedule = new ScheduleText("0a1b2c3d", names);
    assertThat(ScheduleText.parse(schedule.text())).isEqualTo(schedule);
  }

  @Provide
  Arbitrary<List<String>> schedules() {
    return Arbitraries.of("T0", "T1", "kworker/0", "srcu_cb/12", "T0!", "kworker/0!")
        .list()
        .ofMaxSize(40);
  }

  @Test
  void runsAreCounted() throws ScheduleText.Malformed {
    String text = "v1:0a1b2c3d:T0*3,T1,kworker/0*2";
    ScheduleText schedule = ScheduleText.parse("  " + text + "\n");
    assertThat(schedule.names()).containsExactly("T0", "T0", "T0", "T1", "kworker/0", "kworker/0");
    assertThat(schedule.text()).isEqualTo(text);
    assertThat(ScheduleText.parse("v1:0a1b2c3d:").names()).isEmpty();
  }

  @Test
  void theHashTellsTextsAndVariantsApart() {
    assertThat(ScheduleText.worldHash("a", "v2"))
        .matches("[0-9a-f]{8}")
        .isEqualTo(ScheduleText.worldHash("a", "v2"))
        .isNotEqualTo(ScheduleText.worldHash("b", "v2"))
        .isNotEqualTo(ScheduleText.worldHash("a", "v3"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|three parts",
        "v1|this has 1",
        "v1:0a1b2c3d|this has 2",
        "v1:0a1b2c3d:T0:T1|this has 4",
        "v2:0a1b2c3d:T0|version is \"v2\"",
        "v1:0a1b2c3:T0|hash is \"0a1b2c3\"",
        "v1:0A1B2C3D:T0|8 hexadecimal digits",
        "v1:0a1b2c3d:,|\"\" is no run",
        "v1:0a1b2c3d:T0,|\"\" is no run",
        "v1:0a1b2c3d:T0*0|\"T0*0\" is no run",
        "v1:0a1b2c3d:T0*|\"T0*\" is no run",
        "v1:0a1b2c3d:T0*-1|\"T0*-1\" is no run",
        "v1:0a1b2c3d:T0*9999999|\"T0*9999999\" is no run",
        "v1:0a1b2c3d:0T*2|\"0T*2\" is no run",
        "v1:0a1b2c3d:T0 T1|\"T0 T1\" is no run"
      })
  void saysWhatIsWrong(String text, String sentence) {
    assertThatThrownBy(() -> ScheduleText.parse(text))
        .isInstanceOf(ScheduleText.Malformed.class)
        .hasMessageContaining(sentence);
  }
}
