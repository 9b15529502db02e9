package dev.mmexit.scenario.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Bad scenarios with everything that is said about each, word for word: {@code bad-scenarios.txt}.
 *
 * <p>A case is {@code === what is wrong}, the text, {@code ---}, and the diagnostics. A backslash
 * at the end of a text stands for no line end there.
 */
class BadScenariosTest {
  private static final Set<String> VARIANTS = Set.of("v2", "fixed");

  private record Case(String name, String text, List<String> diagnostics) {}

  @TestFactory
  Stream<DynamicTest> saysAllThatIsWrong() throws IOException {
    List<Case> cases = cases();
    assertThat(cases).hasSizeGreaterThan(60);
    return cases.stream().map(each -> DynamicTest.dynamicTest(each.name(), () -> check(each)));
  }

  private static void check(Case bad) {
    ParseResult result = ScenarioParser.parse("f", bad.text(), VARIANTS);
    assertThat(result.diagnostics())
        .extracting(Diagnostic::toString)
        .containsExactlyElementsOf(bad.diagnostics());
    assertThat(result.scenario()).isNull();
  }

  private static List<Case> cases() throws IOException {
    List<Case> cases = new ArrayList<>();
    for (String part : ("\n" + resource()).split("\n=== ", -1)) {
      if (!part.isEmpty()) {
        int nameEnd = part.indexOf('\n');
        int textEnd = part.indexOf("\n---\n");
        String text = part.substring(nameEnd + 1, textEnd + 1);
        if (text.endsWith("\\\n")) {
          text = text.substring(0, text.length() - 2);
        }
        String after = part.substring(textEnd + 5);
        cases.add(
            new Case(part.substring(0, nameEnd), text, after.lines().map("f:"::concat).toList()));
      }
    }
    return cases;
  }

  private static String resource() throws IOException {
    try (InputStream in = BadScenariosTest.class.getResourceAsStream("bad-scenarios.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
