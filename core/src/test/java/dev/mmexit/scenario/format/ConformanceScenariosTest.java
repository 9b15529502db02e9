package dev.mmexit.scenario.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The conformance scenarios are read, and written back as the same scenario. */
class ConformanceScenariosTest {
  private static final Path FOLDER = Path.of("..", "scenarios", "conformance");

  @TestFactory
  Stream<DynamicTest> areReadAndWritten() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      List<Path> scenarios =
          files.filter(file -> file.toString().endsWith(".litmus")).sorted().toList();
      assertThat(scenarios).hasSize(49);
      return scenarios.stream()
          .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)));
    }
  }

  private static void check(Path file) {
    ParseResult result = ScenarioParser.parseFile(file, Set.of("v2"));
    assertThat(result.diagnostics()).isEmpty();
    Scenario scenario = Objects.requireNonNull(result.scenario());
    assertThat(file.getFileName()).hasToString(scenario.name() + ".litmus");
    assertThat(scenario.expectations()).containsOnlyKeys("v2");

    String written = ScenarioWriter.write(scenario);
    ParseResult again = ScenarioParser.parse("written", written, Set.of("v2"));
    assertThat(again.diagnostics()).isEmpty();
    assertThat(again.scenario())
        .usingRecursiveComparison()
        .ignoringFieldsOfTypes(Position.class)
        .ignoringFields("file", "sourceText")
        .isEqualTo(scenario);
  }
}
