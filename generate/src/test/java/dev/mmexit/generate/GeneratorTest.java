package dev.mmexit.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.scenario.format.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeneratorTest {

  /** The generator against an enumeration that shares nothing with it but the rules. */
  @ParameterizedTest
  @CsvSource({
    "1x1, PLAUSIBLE, 154",
    "1x1, ANY, 252",
    "2x1, PLAUSIBLE, 825",
    "2x1 groups=1, ANY, 394",
    "1x2 groups=1, PLAUSIBLE, 312",
    "2x1 containers=2 groups=1, PLAUSIBLE, 142",
    "2x1 containers=2 processes=1, PLAUSIBLE, 549",
    "'2x1 groups=3 processes=0 use=attach,detach,close', ANY, 477",
    "2x2 groups=1 processes=1, PLAUSIBLE, 1300",
    "2x2 groups=1 processes=1 default-domain=yes, ANY, 4785",
    "3x1 groups=1, PLAUSIBLE, 456",
    "3x1 groups=1 processes=1, ANY, 482",
    "'2x1 groups=1 devices=2 use=core,fault,bind-by processes=1', PLAUSIBLE, 120",
    "'2x2 groups=1 default-domain=yes use=attach,bind,exit,fork,munmap', PLAUSIBLE, 1995",
    "'2x1 groups=1 drivers=smmu,generic,mdev use=attach,map,pin,bind,exit', PLAUSIBLE, 191",
  })
  void eachClassIsGeneratedOnce(String text, Plausibility plausibility, int count) {
    Size size = Size.parse(text);
    Set<String> expected = NaiveEnumeration.of(size, plausibility);
    List<String> generated = new ArrayList<>();
    Drafts drafts = new Drafts(size, plausibility);
    drafts.forEachRemaining(draft -> generated.add(NaiveEnumeration.text(size, draft)));
    assertThat(generated).doesNotHaveDuplicates().hasSameElementsAs(expected);
    assertThat(generated).hasSize(count);
    assertThat(Generator.count(size, plausibility)).isEqualTo(count);
  }

  /** The table of docs/generate.md. */
  @Test
  void theCountsInTheDocumentAreTrue() throws IOException {
    List<String> rows =
        Files.readAllLines(Path.of("../docs/generate.md")).stream()
            .filter(line -> line.matches("\\| `[0-9]x[0-9].*` \\| [0-9,]+ \\| [0-9,]+ \\|"))
            .toList();
    assertThat(rows).hasSizeGreaterThan(5);
    for (String row : rows) {
      String[] cells = row.split("\\|", -1);
      Size size = Size.parse(cells[1].replace("`", ""));
      assertThat(Generator.count(size, Plausibility.PLAUSIBLE)).as(row).isEqualTo(number(cells[2]));
      if (number(cells[3]) < 60_000) {
        assertThat(Generator.count(size, Plausibility.ANY)).as(row).isEqualTo(number(cells[3]));
      }
    }
  }

  private static long number(String cell) {
    return Long.parseLong(cell.replace(",", "").strip());
  }

  @Test
  void namesSayTheSizeAndThePlace() {
    List<String> names =
        Generator.scenarios(Size.of(2, 1), Plausibility.PLAUSIBLE)
            .limit(2)
            .map(Scenario::name)
            .toList();
    assertThat(names).containsExactly("g-2x1-000001", "g-2x1-000002");
  }

  /** Nobody waits for all where few are wanted: there are more than could ever be made. */
  @Test
  void scenariosAreMadeOneAtATime() {
    Size large = Size.parse("8x8 containers=4 groups=4 processes=4 setup=2 use=all");
    try (Stream<Scenario> scenarios = Generator.scenarios(large, Plausibility.ANY)) {
      assertThat(scenarios.limit(3).count()).isEqualTo(3);
    }
  }

  @Test
  void fewerOperationsComeFirst() {
    List<Integer> operations =
        Generator.scenarios(Size.parse("2x2 groups=1 processes=1"), Plausibility.PLAUSIBLE)
            .map(s -> s.threads().stream().mapToInt(thread -> thread.steps().size()).sum())
            .toList();
    assertThat(operations).isSorted().contains(2, 3, 4);
  }

  @Test
  void aLargerSizeHasAllOfASmallerOne() {
    Set<String> large = keys("2x2 groups=1 processes=1 default-domain=yes");
    assertThat(large)
        .containsAll(keys("2x1 groups=1 processes=1 default-domain=yes"))
        .hasSizeGreaterThan(100);
    assertThat(keys("2x1")).containsAll(keys("2x1 groups=1"));
  }

  private static Set<String> keys(String size) {
    Set<String> keys = new HashSet<>();
    Generator.scenarios(Size.parse(size), Plausibility.PLAUSIBLE)
        .forEach(scenario -> keys.add(Canonical.key(scenario)));
    return keys;
  }

  @Test
  void whatIsPlausibleIsAmongAll() {
    Set<String> any = new HashSet<>();
    Generator.scenarios(Size.of(2, 1), Plausibility.ANY)
        .forEach(scenario -> any.add(Canonical.key(scenario)));
    assertThat(any).containsAll(keys("2x1"));
  }
}
