package dev.mmexit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.explorer.ExplorationOptions;
import dev.mmexit.explorer.Golden;
import dev.mmexit.explorer.MemoryModel;
import dev.mmexit.explorer.report.JsonReport;
import dev.mmexit.explorer.result.CheckResult;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckCommandTest extends CliTest {
  @ParameterizedTest
  @CsvSource({
    "clean, 0",
    "deadlock, 0",
    "surprise, 1",
    "missing, 1",
    "long, 3",
    "long-and-bad, 1",
    "bad-set-up, 2",
    "crash, 2",
    "huge, 2"
  })
  void oneScenarioGivesItsStatus(String name, int status) throws IOException {
    assertThat(run("check", scenario(name))).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    "clean, deadlock, 0",
    "clean, long, 3",
    "long, surprise, 1",
    "surprise, clean, 1",
    "surprise, bad-set-up, 2"
  })
  void wrongCountsForMoreThanIncomplete(String first, String second, int status)
      throws IOException {
    assertThat(run("check", scenario(first), scenario(second))).isEqualTo(status);
  }

  @Test
  void textIsABlockForEachScenarioAndAClosingLine() throws IOException {
    run("check", scenario("deadlock"), scenario("missing"), scenario("long"));
    Golden.check("check.txt", out);
    assertThat(err).isEmpty();
  }

  @Test
  void quietTextLeavesOutWhatIsAsExpected() throws IOException {
    run("check", "--quiet", scenario("deadlock"), scenario("missing"), scenario("long"));
    assertThat(out)
        .contains("Test missing v2", "Test long v2", "3 scenarios: 1 as expected")
        .doesNotContain("Test deadlock");
    run("check", "--quiet", scenario("clean"));
    assertThat(out).isEqualTo("1 scenario: 1 as expected, 0 not as expected, 0 incomplete\n");
  }

  @Test
  void jsonIsOneDocument() throws IOException {
    assertThat(run("check", "--format", "json", scenario("deadlock"), scenario("long")))
        .isEqualTo(3);
    CheckResult result = JsonReport.read(new StringReader(out));
    assertThat(result.tool()).isEqualTo(Version.tool());
    assertThat(result.tool().version()).matches("[0-9].*");
    assertThat(result.results())
        .extracting("file")
        .containsExactly("DIR/deadlock.litmus", "DIR/long.litmus");
    assertThat(result.summary().incomplete()).isEqualTo(1);
    assertThat(err).isEmpty();
  }

  @Test
  void outputGoesToAFileWhole() throws IOException {
    Path file = folder.resolve("result.json");
    assertThat(run("check", "--format=json", "--output", file.toString(), scenario("deadlock")))
        .isZero();
    assertThat(JsonReport.read(new StringReader(Files.readString(file))).results()).hasSize(1);
    assertThat(out).isEqualTo("1 scenario: 1 as expected, 0 not as expected, 0 incomplete\n");
    Path text = folder.resolve("result.txt");
    run("check", "--quiet", "--output", text.toString(), scenario("surprise"));
    assertThat(Files.readString(text)).contains("Test surprise v2", "1 not as expected");
    assertThat(out).isEmpty();
  }

  @Test
  void aFailureLeavesNoOutput() throws IOException {
    String old = file("result.json", "old");
    assertThat(run("check", "--output", old, scenario("crash"))).isEqualTo(2);
    assertThat(Path.of(old)).hasContent("old");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void directoriesStandForTheScenariosBelowSortedByPath() throws IOException {
    scenario("set/b");
    scenario("set/a");
    scenario("set/sub/c");
    file("set/readme.txt", "no scenario");
    String last = scenario("set/z");
    assertThat(run("check", last, folder.resolve("set").toString(), last)).isZero();
    assertThat(checker.loaded).containsExactly("z.litmus", "a.litmus", "b.litmus", "c.litmus");
    assertThat(checker.checked).containsExactly("set/z", "set/a", "set/b", "set/sub/c");
  }

  @Test
  void scenariosOfOneNameAreFine() throws IOException {
    String first = file("a.litmus", "VFIO same");
    String second = file("b.litmus", "VFIO same");
    assertThat(run("check", first, second)).isZero();
    assertThat(checker.checked).containsExactly("same", "same");
  }

  @Test
  void allErrorsOfAllFilesAreSaidAndNothingIsExplored() throws IOException {
    int status =
        run(
            "check",
            scenario("clean"),
            file("bad.litmus", "nonsense"),
            scenario("bad-set-up"),
            folder.resolve("none.litmus").toString(),
            Files.createDirectory(folder.resolve("empty")).toString());
    assertThat(status).isEqualTo(2);
    Golden.check("check-errors.txt", err);
    assertThat(out).isEmpty();
    assertThat(checker.checked).isEmpty();
  }

  @Test
  void optionsReachTheEngine() throws IOException {
    String file = scenario("clean");
    run("check", file);
    run(
        "check",
        "--variant",
        "fixed",
        "--max-seconds",
        "5",
        "--max-executions=7",
        "--preemptions",
        "0",
        "--workers",
        "3",
        "--no-reduction",
        "--memory",
        "kasan",
        file);
    int processors = Runtime.getRuntime().availableProcessors();
    assertThat(checker.options)
        .containsExactly(
            new ExplorationOptions(
                "v2",
                Optional.empty(),
                OptionalLong.empty(),
                OptionalInt.empty(),
                processors,
                true),
            new ExplorationOptions(
                "fixed",
                Optional.of(Duration.ofSeconds(5)),
                OptionalLong.of(7),
                OptionalInt.of(0),
                3,
                false));
    assertThat(checker.memory).isEqualTo(MemoryModel.KASAN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--workers 0|expected a whole number from 1 to 1024, not '0'",
        "--workers x|not 'x'",
        "--max-seconds 0|'--max-seconds'",
        "--max-executions -1|'--max-executions'",
        "--preemptions -1|expected a whole number from 0",
        "--preemptions 99999999999999999999|'--preemptions'",
        "--format xml|expected one of text, json, not 'xml'",
        "--color maybe|expected one of auto, always, never, not 'maybe'",
        "--memory none|expected one of kasan, slub",
        "--variant v3|there is no variant 'v3', the nearest is v2; the variants are v2, fixed",
        "--variant nothing-like-it|there is no variant 'nothing-like-it'; the variants are",
        "--variant all --variant fixt|there is no variant 'fixt', the nearest is fixed",
        "--differences /nowhere.csv|cannot read /nowhere.csv: no such file",
        "--wrokers 2|there is no option '--wrokers'",
        "--output /nowhere/at/all|there is no directory /nowhere/at",
        "--output .|it is a directory"
      })
  void whatMakesNoSenseIsRefusedInOneSentence(String options, String sentence) throws IOException {
    String file = scenario("clean");
    refused(sentence, String.join(" ", "check", options, file).split(" ", -1));
  }

  @Test
  void internalErrorsSayHowToReportThem() throws IOException {
    run("check", scenario("crash"));
    assertThat(err.lines()).hasSize(1);
    assertThat(err).contains("internal error: ", "no such state", "please report it");
    run("--stacktrace", "check", scenario("crash"));
    assertThat(err).contains("at dev.mmexit.cli.FakeChecker.check");
    run("check", scenario("huge"));
    assertThat(err.lines()).hasSize(1);
    assertThat(err).contains("out of memory: bound the search");
  }

  @Test
  void coloursFollowTheTerminalAndNoColor() throws IOException {
    String file = scenario("clean");
    run("check", file);
    assertThat(out).doesNotContain("\u001b");
    run("check", "--color", "always", file);
    assertThat(out).contains("\u001b[");
    environment = environment(Map.of(), true, () -> 0L);
    run("check", file);
    assertThat(out).contains("\u001b[");
    run("check", "--color", "never", file);
    assertThat(out).doesNotContain("\u001b");
    environment = environment(Map.of("NO_COLOR", "1"), true, () -> 0L);
    run("check", file);
    assertThat(out).doesNotContain("\u001b");
    run("check", "--color=always", file);
    assertThat(out).contains("\u001b[");
  }

  @Test
  void itIsAnErrorWhereTheOutputCannotBeWritten() throws IOException {
    Path full = Path.of("/dev/full");
    if (Files.exists(full)) {
      refusedToWrite(full, scenario("clean"));
    }
  }

  private void refusedToWrite(Path device, String file) {
    assertThat(run("check", "--output", device.toString(), file)).isEqualTo(2);
    assertThat(err).startsWith("mmexit check: cannot write /dev/full: ");
  }

  @Test
  void aMissingFileIsNamed() {
    assertThat(run("check", "no-such.litmus")).isEqualTo(2);
    assertThat(List.of(err.split("\n", -1))).contains("no-such.litmus: no such file or directory");
  }
}
