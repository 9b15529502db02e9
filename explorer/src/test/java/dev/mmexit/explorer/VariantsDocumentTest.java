package dev.mmexit.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.StaticJavaParser;
import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.javadoc.Javadoc;
import dev.mmexit.kernel.FindingKind;
import dev.mmexit.scenario.format.Expectation;
import dev.mmexit.scenario.format.Scenario;
import dev.mmexit.scenario.format.ScenarioParser;
import dev.mmexit.variant.Variant;
import dev.mmexit.variant.Variants;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * docs/variants.md is what the Javadoc of the variants says, with what they are expected to show
 * beside the code as posted. Written anew with {@code -Dmmexit.golden.update=true}.
 */
class VariantsDocumentTest {
  private static final Path DOCUMENT = Path.of("../docs/variants.md");
  private static final Path SOURCES = Path.of("../core/src/main/java");
  private static final Path SCENARIOS = Path.of("../scenarios");
  private static final String INTRODUCTION =
      """
      # Variants

      What the code would do if it were written otherwise. Each variant is `v2`, the code as posted, but for the functions
      that it overrides; `mmexit check --variant NAME` explores it. The tables compare what each is expected to show in the
      scenarios of the catalogue, explored completely, with `v2`; a scenario that is in none of them shows the same kinds of
      findings. This page is made from the Javadoc of the variants, `scenarios/differences.csv` and the scenarios.
      """;

  private final List<Scenario> scenarios = new ArrayList<>();
  private Differences differences;

  @Test
  void isWhatTheJavadocAndTheTableSay() throws IOException {
    read();
    StringBuilder text = new StringBuilder(INTRODUCTION);
    for (Variant variant : Variants.all()) {
      text.append("\n## ").append(variant.name()).append("\n\n");
      text.append(markdown(javadoc(variant.getClass())));
      if (!variant.name().equals(Variants.BASE)) {
        text.append("\n").append(table(variant.name()));
      }
    }
    if (Boolean.getBoolean("mmexit.golden.update")) {
      Files.writeString(DOCUMENT, text);
    }
    assertThat(Files.readString(DOCUMENT)).isEqualTo(text.toString());
  }

  /** Every line of the table is about a scenario that says nothing else, and is a difference. */
  @Test
  void theTableHasNothingThatIsSaidElsewhere() throws IOException {
    read();
    List<String> names = scenarios.stream().map(Scenario::name).toList();
    try (Stream<String> lines = Files.lines(SCENARIOS.resolve("differences.csv"))) {
      for (String line : lines.skip(1).toList()) {
        String[] columns = line.split(",", -1);
        assertThat(names).contains(columns[1]);
        Scenario scenario = scenarios.get(names.indexOf(columns[1]));
        assertThat(scenario.expectations()).as(line).doesNotContainKey(columns[0]);
        assertThat(differences.expected(columns[0], columns[1]).orElseThrow())
            .as(line)
            .isNotEqualTo(kinds(scenario, Variants.BASE));
      }
    }
  }

  private void read() throws IOException {
    try (Stream<Path> files = Files.walk(SCENARIOS)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".litmus")).sorted().toList()) {
        scenarios.add(ScenarioParser.parseFile(file, Variants.names()).scenario());
      }
    }
    try (Reader reader = Files.newBufferedReader(SCENARIOS.resolve("differences.csv"))) {
      differences = Differences.read(reader, Variants.names());
    }
  }

  private static Javadoc javadoc(Class<?> variant) throws IOException {
    StaticJavaParser.getParserConfiguration()
        .setLanguageLevel(ParserConfiguration.LanguageLevel.JAVA_17);
    Path source = SOURCES.resolve(variant.getName().replace('.', '/') + ".java");
    return StaticJavaParser.parse(source)
        .getPrimaryType()
        .flatMap(TypeDeclaration::getJavadoc)
        .orElseThrow();
  }

  private static String markdown(Javadoc javadoc) {
    return javadoc
            .getDescription()
            .toText()
            .replaceAll("\\{@(?:code|link)\\s+([^}]*)\\}", "`$1`")
            .replaceAll("\n?\\s*</?ul>\n?", "\n\n")
            .replaceAll("\n\\s*<li>", "\n- ")
            .replaceAll("(?m)^ {4,}", "  ")
            .replace("<p>", "")
            .replaceAll("\n{3,}", "\n\n")
            .strip()
        + "\n";
  }

  private static List<String> kinds(Scenario scenario, String variant) {
    Expectation expectation = scenario.expectations().get(variant);
    return expectation == null
        ? List.of()
        : expectation.kinds().stream().map(FindingKind::label).toList();
  }

  private String table(String variant) {
    Map<String, List<String>> rows = new TreeMap<>();
    int same = 0;
    for (Scenario scenario : scenarios) {
      List<String> base = kinds(scenario, Variants.BASE);
      List<String> found =
          scenario.expectations().containsKey(variant)
              ? kinds(scenario, variant)
              : differences.expected(variant, scenario.name()).orElse(base);
      String row = "| " + without(base, found) + " | " + without(found, base) + " | ";
      if (new TreeSet<>(base).equals(new TreeSet<>(found))) {
        same++;
      } else {
        rows.computeIfAbsent(row, key -> new ArrayList<>()).add(scenario.name());
      }
    }
    if (rows.isEmpty()) {
      return "All " + same + " scenarios show the kinds that they show on `v2`.\n";
    }
    StringBuilder text = new StringBuilder();
    text.append("Of ").append(scenarios.size()).append(" scenarios ").append(same);
    text.append(" show the kinds that they show on `v2`. The others:\n\n");
    text.append("| lost | gained | scenarios |\n| --- | --- | --- |\n");
    rows.forEach((row, names) -> text.append(row).append(String.join(", ", names)).append(" |\n"));
    return text.toString();
  }

  private static String without(List<String> kinds, List<String> others) {
    return String.join(", ", kinds.stream().filter(kind -> !others.contains(kind)).toList());
  }
}
