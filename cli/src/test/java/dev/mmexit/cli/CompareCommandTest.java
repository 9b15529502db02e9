package dev.mmexit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.explorer.ExplorationOptions;
import dev.mmexit.explorer.compare.Comparison;
import dev.mmexit.explorer.report.JsonReport;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompareCommandTest extends CliTest {
  @ParameterizedTest
  @CsvSource({
    "clean, clean, 0",
    "clean, better, 0",
    "clean, worse, 1",
    "worse, long, 1",
    "better, long, 3",
    "long, clean, 3",
    "clean, bad-set-up, 2"
  })
  void whatRegressedCountsForMoreThanWhatIsIncomplete(String first, String second, int status)
      throws IOException {
    String one = file("a.litmus", "VFIO " + first);
    String two = file("b.litmus", "VFIO " + second);
    assertThat(run("compare", "v2", "fixed", one, two)).isEqualTo(status);
  }

  @Test
  void whatDiffersComesFirstAndTheCountsLast() throws IOException {
    run("compare", "v2", "fixed", scenario("clean"), scenario("better"), scenario("worse"));
    assertThat(out.indexOf("REGRESSED  | worse")).isPositive().isLessThan(out.indexOf("| better"));
    assertThat(out.indexOf("| better")).isLessThan(out.indexOf("SAME       | clean"));
    assertThat(out)
        .startsWith("Compare v2 with fixed\n")
        .contains("mmexit replay DIR/worse.litmus --variant fixed --schedule ")
        .contains("mmexit replay DIR/better.litmus --variant v2 --schedule ")
        .endsWith("\nREGRESSED 1, FIXED 1, SAME 1, CHANGED 0\n");
    assertThat(err).isEmpty();
    run("compare", "--quiet", "v2", "fixed", scenario("clean"), scenario("better"));
    assertThat(out).doesNotContain("SAME  ").contains("FIXED      | better");
  }

  @Test
  void jsonIsOneDocument() throws IOException {
    assertThat(run("compare", "v2", "fixed", "--format=json", scenario("worse"))).isEqualTo(1);
    Comparison comparison = JsonReport.readComparison(new StringReader(out));
    assertThat(comparison.base()).isEqualTo("v2");
    assertThat(comparison.other()).isEqualTo("fixed");
    assertThat(comparison.rows().get(0).gained()).containsExactly("stale-mm");
    Path file = folder.resolve("c.json");
    String name = file.toString();
    run("compare", "v2", "fixed", "--format=json", "--output", name, scenario("worse"));
    assertThat(JsonReport.readComparison(new StringReader(Files.readString(file))).regressed())
        .isEqualTo(1);
    assertThat(out).endsWith("REGRESSED 1, FIXED 0, SAME 0, CHANGED 0\n");
  }

  @Test
  void bothVariantsAreExploredWithTheSameOptions() throws IOException {
    run("compare", "fixed", "v2", "--workers=3", "--memory=slub", scenario("clean"));
    assertThat(checker.checked).containsExactly("clean", "clean");
    assertThat(checker.options)
        .extracting(ExplorationOptions::variant)
        .containsExactly("fixed", "v2");
    assertThat(checker.options).extracting(ExplorationOptions::workers).containsOnly(3);
    assertThat(checker.memory).hasToString("SLUB");
  }

  @Test
  void whatMakesNoSenseIsRefused() throws IOException {
    String file = scenario("clean");
    refused("there is no variant 'fixt', the nearest is fixed", "compare", "v2", "fixt", file);
    refused("there is no variant 'v9'", "compare", "v9", "v2", file);
    refused("FILE-OR-DIR", "compare", "v2", "fixed");
    refused("OTHER", "compare", "v2");
    refused("there is no option '--variant=v2'", "compare", "v2", "fixed", "--variant=v2", file);
    refused(
        "expected one of text, json, not 'dot'", "compare", "v2", "fixed", "--format=dot", file);
    refused("cannot write .: it is a directory", "compare", "v2", "fixed", "--output=.", file);
  }
}
