package dev.mmexit.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.scenario.format.Scenario;
import dev.mmexit.scenario.format.ScenarioParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CanonicalTest {
  private static final Pattern OBJECT = Pattern.compile("\\b([CGDPT])([0-9])\\b");
  private static final List<String> CATALOGUE = catalogue();

  private static List<String> catalogue() {
    try (Stream<Path> files = Files.list(Path.of("../scenarios"))) {
      List<String> texts = new ArrayList<>();
      for (Path file : files.filter(f -> f.toString().endsWith(".litmus")).sorted().toList()) {
        String text = Files.readString(file);
        // Comments and expectations are no part of what is compared.
        texts.add(text.replaceAll("(?s)\\(\\*.*?\\*\\)", "").replaceAll("(?m)^expect .*\n", ""));
      }
      return texts;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Scenario parse(String text) {
    var result = ScenarioParser.parse("test", text, Set.of("v2"));
    assertThat(result.diagnostics()).as(text).isEmpty();
    return result.scenario();
  }

  @Provide
  Arbitrary<String> catalogueText() {
    return Arbitraries.of(CATALOGUE);
  }

  @Property(tries = 300)
  void namesMakeNoDifference(@ForAll("catalogueText") String text, @ForAll long seed) {
    Scenario renamed = parse(renamed(text, new Random(seed)));
    assertThat(Canonical.key(renamed)).isEqualTo(Canonical.key(parse(text)));
  }

  /** Other numbers for containers, groups, devices, processes and threads. */
  private static String renamed(String text, Random random) {
    Map<String, List<Integer>> numbers = new HashMap<>();
    for (String letter : List.of("C", "G", "D", "P", "T")) {
      List<Integer> order = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9));
      Collections.shuffle(order, random);
      numbers.put(letter, order);
    }
    Matcher matcher = OBJECT.matcher(text);
    return matcher.replaceAll(
        name ->
            name.group(1).toLowerCase(java.util.Locale.ROOT)
                + "x"
                + numbers.get(name.group(1)).get(Integer.parseInt(name.group(2))));
  }

  @Property(tries = 300)
  void theCanonicalFormIsItsOwn(@ForAll("catalogueText") String text) {
    Scenario once = Canonical.of(parse(text));
    assertThat(Canonical.of(once).sourceText()).isEqualTo(once.sourceText());
  }

  @Property(tries = 100)
  void columnsCanChangePlaces(@ForAll("catalogueText") String text) {
    Scenario scenario = parse(text);
    List<dev.mmexit.scenario.format.ThreadDecl> turned = new ArrayList<>(scenario.threads());
    Collections.reverse(turned);
    Scenario other =
        new Scenario(
            scenario.name(),
            scenario.description(),
            scenario.containers(),
            scenario.groups(),
            scenario.processes(),
            scenario.setup(),
            turned,
            scenario.condition(),
            scenario.expectations(),
            scenario.memory(),
            scenario.fails(),
            null,
            "");
    assertThat(Canonical.key(other)).isEqualTo(Canonical.key(scenario));
  }

  @Example
  void generatedScenariosAreCanonical() {
    Generator.scenarios(
            Size.parse("2x1 devices=2 drivers=smmu,mdev use=core,fork,bind-by,map"),
            Plausibility.ANY)
        .limit(20_000)
        .filter(scenario -> scenario.name().endsWith("7"))
        .forEach(
            scenario ->
                assertThat(Canonical.of(scenario).sourceText()).isEqualTo(scenario.sourceText()));
  }

  @Example
  void whatIsOtherHasAnotherKey() {
    String text =
        """
        VFIO x
        {
          container C0
          group G0 = D0
          group G1 = D1
          attach C0 G0
          attach C0 G1
        }
         T0           | T1        ;
         detach C0 G0 | munmap P0 ;
        """
            .replace("attach C0 G1\n", "attach C0 G1\n  process P0\n");
    Scenario first = parse(text);
    assertThat(Canonical.key(parse(text.replace("detach C0 G0", "detach C0 G1"))))
        .isNotEqualTo(Canonical.key(first));
    assertThat(Canonical.key(parse(text.replace("= D1", "= D1 [ops=generic]"))))
        .isNotEqualTo(Canonical.key(first));
  }
}
