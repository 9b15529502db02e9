package dev.mmexit.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mmexit.reproduce.search.Outcome;
import dev.mmexit.reproduce.search.Reproduction;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * What each sample report comes to: a finding, that nothing shows it, or why it cannot be looked
 * for. Columns: the file, the scenario or {@code none} or {@code refused}, the finding's kind and
 * place, or the nearest one, or the sentence.
 */
class SamplesTest {
  private static final Path FOLDER = Path.of("src/test/resources/reports");

  @ParameterizedTest
  @CsvFileSource(resources = "/samples.csv", delimiter = '|', numLinesToSkip = 1)
  void comesToWhatIsExpected(String file, String scenario, String expected) throws Exception {
    if (scenario.equals("refused")) {
      assertThatThrownBy(() -> read(file)).isInstanceOf(UnusableReport.class).hasMessage(expected);
      return;
    }
    Outcome outcome = Explored.V2.search(read(file).query());
    Reproduction shown = outcome.reproduction();
    if (scenario.equals("none")) {
      assertThat(shown).as("reproduction").isNull();
      assertThat(outcome.bound()).isNull();
      if (Explored.ALL) {
        return;
      }
      String nearest =
          outcome.nearMisses().isEmpty()
              ? "nothing"
              : outcome.nearMisses().get(0).match().finding().kind()
                  + " "
                  + outcome.nearMisses().get(0).match().score();
      assertThat(nearest).isEqualTo(expected);
      return;
    }
    assertThat(shown).as("reproduction").isNotNull();
    assertThat(shown.scenario().name()).isEqualTo(scenario);
    String found =
        shown.match() == null
            ? "cycle " + shown.cycle().classes()
            : shown.match().finding().kind() + " " + shown.match().finding().place();
    assertThat(found.strip()).isEqualTo(expected);
    assertThat(shown.schedule()).startsWith("v1:");
  }

  @Test
  void everySampleIsInTheTable() throws IOException {
    List<String> rows = Files.readAllLines(Path.of("src/test/resources/samples.csv"));
    try (Stream<Path> files = Files.list(FOLDER)) {
      List<String> names = files.map(file -> file.getFileName().toString()).sorted().toList();
      assertThat(names).hasSizeGreaterThan(30);
      assertThat(rows.stream().skip(1).map(row -> row.substring(0, row.indexOf('|')).strip()))
          .containsExactlyInAnyOrderElementsOf(names);
    }
  }

  private static LogReader.Reading read(String file) throws IOException, UnusableReport {
    try (InputStream in = Files.newInputStream(FOLDER.resolve(file))) {
      return LogReader.read(in, file, 0);
    }
  }
}
