package dev.mmexit.scenario.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;

/** What holds for the parser and the writer on any scenario and any input. */
class ScenarioRoundTripTest {
  private static final RecursiveComparisonConfiguration BUT_FOR_POSITIONS =
      RecursiveComparisonConfiguration.builder()
          .withIgnoredFieldsOfTypes(Position.class)
          .withIgnoredFields("file", "sourceText")
          .withStrictTypeChecking(true)
          .build();
  private static final String SNIPPETS = "{}()[]|;:,=~\"\n\r\0 *-.0r\u00e9";

  @Provide
  Arbitrary<Scenario> scenarios() {
    return Arbitraries.randomValue(RandomScenarios::next);
  }

  private static ParseResult parse(byte[] bytes) {
    return ScenarioParser.parse("f", bytes, RandomScenarios.VARIANTS);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Property(tries = 1000)
  void whatIsWrittenIsReadBack(@ForAll("scenarios") Scenario scenario) {
    String text = ScenarioWriter.write(scenario);
    ParseResult result = parse(utf8(text));
    assertThat(result.diagnostics()).as(text).isEmpty();
    assertThat(result.scenario()).usingRecursiveComparison(BUT_FOR_POSITIONS).isEqualTo(scenario);
    assertThat(ScenarioWriter.write(Objects.requireNonNull(result.scenario()))).isEqualTo(text);
  }

  @Property(tries = 3000)
  void damagedBytesAreReadOrRefused(@ForAll("scenarios") Scenario scenario, @ForAll long seed) {
    Random random = new Random(seed);
    byte[] bytes = utf8(ScenarioWriter.write(scenario));
    for (int i = random.nextInt(6); i >= 0; i--) {
      bytes = damaged(bytes, random);
    }
    checkSaid(bytes);
  }

  @Property(tries = 3000)
  void misplacedWordsAreReadOrRefused(@ForAll("scenarios") Scenario scenario, @ForAll long seed) {
    Random random = new Random(seed);
    List<String> words =
        new ArrayList<>(
            List.of(ScenarioWriter.write(scenario).split("(?<=[ \n(),:=])|(?=[ \n(),:=])")));
    for (int i = random.nextInt(4); i >= 0 && words.size() > 1; i--) {
      int from = random.nextInt(words.size());
      int to = random.nextInt(words.size());
      switch (random.nextInt(3)) {
        case 0 -> words.remove(from);
        case 1 -> words.add(to, words.get(from));
        default -> words.set(to, words.get(from));
      }
    }
    checkSaid(utf8(String.join("", words)));
  }

  @Property(tries = 500)
  void anyTextIsReadOrRefused(@ForAll String text) {
    checkSaid(utf8(text));
  }

  private static byte[] damaged(byte[] bytes, Random random) {
    int at = random.nextInt(bytes.length + 1);
    int rest = bytes.length - at;
    int dropped = random.nextInt(3) == 0 ? random.nextInt(rest + 1) : Math.min(rest, 1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, at);
    switch (random.nextInt(4)) {
      case 0 -> out.write(bytes, at, rest);
      case 1 -> {
        int keep = random.nextInt(SNIPPETS.length());
        out.writeBytes(utf8(SNIPPETS.substring(keep, keep + 1)));
        out.write(bytes, at, rest);
      }
      case 2 -> {
        out.write(random.nextInt(256));
        out.write(bytes, at, rest);
      }
      default -> out.write(bytes, at + dropped, rest - dropped);
    }
    return out.toByteArray();
  }

  /** A scenario, or diagnostics that each point into the text and read as a sentence. */
  private static void checkSaid(byte[] bytes) {
    ParseResult result = parse(bytes);
    String text = new String(bytes, StandardCharsets.UTF_8);
    List<String> lines = List.of(text.split("\n", -1));
    assertThat(result.scenario() == null).isNotEqualTo(result.diagnostics().isEmpty());
    for (Diagnostic said : result.diagnostics()) {
      assertThat(said.line()).as(said.toString()).isBetween(1, lines.size());
      String line = lines.get(said.line() - 1);
      assertThat(said.column())
          .as(said.toString())
          .isBetween(1, line.codePointCount(0, line.length()) + 1);
      assertThat(said.message())
          .isNotBlank()
          .doesNotContain("<EOF>", "NEWLINE", "RECOGNITION", "\n")
          .doesNotContainPattern("(?<!['\\w-])null(?!['\\w-])")
          .containsAnyOf("expected", "expects");
    }
    assertThat(result.diagnostics())
        .isSortedAccordingTo(
            Comparator.comparingInt(Diagnostic::line).thenComparingInt(Diagnostic::column));
  }
}
