package dev.mmexit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.explorer.CheckerFacade;
import dev.mmexit.explorer.Golden;
import dev.mmexit.explorer.ModelChecker;
import dev.mmexit.explorer.report.JsonReport;
import dev.mmexit.explorer.result.CheckResult;
import dev.mmexit.explorer.result.Shrunk;
import dev.mmexit.explorer.result.SweepResult;
import dev.mmexit.explorer.result.Tool;
import dev.mmexit.kernel.FindingKind;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Generated scenarios and smaller ones, with the real model. */
class GenerateCommandTest extends CliTest {
  private static final String TINY =
      "2x1 groups=1 processes=1 default-domain=yes use=detach,unbind,exit";

  @Override
  CheckerFacade facade() {
    return new ModelChecker(new Tool("mmexit", "test"));
  }

  @Test
  void itCounts() {
    assertThat(run("generate", "--size", "2x1", "--count")).isZero();
    assertThat(out).isEqualTo("825\n");
    run("generate", "--size", "2x1", "--count", "--any");
    assertThat(out).isEqualTo("2182\n");
    run("generate", "--size", "2x1", "--count", "--operations", "attach,detach,exit");
    assertThat(Integer.parseInt(out.strip())).isBetween(1, 824);
  }

  @Test
  void itWritesThemOneAfterTheOther() {
    assertThat(run("generate", "--size", TINY)).isZero();
    assertThat(out)
        .startsWith("VFIO g-2x1-000001\n\"generated: " + TINY + "\"\n{\n")
        .contains(" ;\n\nVFIO g-2x1-000002\n");
  }

  @Test
  void itWritesAFileForEach() throws IOException {
    Path directory = folder.resolve("new/generated");
    assertThat(run("generate", "--size", TINY, "--output", directory.toString())).isZero();
    assertThat(out).isEmpty();
    run("generate", "--size", TINY, "--count");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()).sorted())
          .hasSize(Integer.parseInt(out.strip()))
          .startsWith("g-2x1-000001.litmus")
          .allMatch(name -> name.matches("g-2x1-[0-9]{6}\\.litmus"));
    }
    assertThat(run("check", "--quiet", "--max-seconds", "60", directory.toString())).isEqualTo(1);
    assertThat(out).contains(" 0 incomplete");
  }

  @Test
  void itWritesOneOfThem() {
    run("generate", "--size", TINY);
    String second = out.split("\n\n", -1)[1] + "\n";
    assertThat(run("generate", "--size", TINY, "--number", "2")).isZero();
    assertThat(out).isEqualTo(second);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--size 2 | invalid value for option '--size': '2' is no part of a size",
        "--size 2x1 --operations bnd | there is no operation 'bnd' (the nearest is bind)",
        "--size 1x1 --number 1000 | there is no scenario 1000 of this size: there are 154",
        "--size 1x1 --number 0 | expected a whole number from 1",
        "--size 1x1 --count --output x | --count writes no scenario",
        "--count | Missing required option: '--size=SIZE'",
        "--size 1x1 more | nothing is expected at 'more'",
      })
  void whatCannotBeIsSaid(String arguments, String sentence) {
    refused(
        sentence,
        Stream.concat(Stream.of("generate"), Stream.of(arguments.split(" ", -1)))
            .toArray(String[]::new));
  }

  @Test
  void whatIsNoDirectoryIsLeftAlone() throws IOException {
    String file = file("a", "text");
    refused(
        "cannot write to DIR/a: it is not a directory",
        "generate",
        "--size",
        "1x1",
        "--output",
        file);
    assertThat(Files.readString(Path.of(file))).isEqualTo("text");
    refused(
        "cannot make the directory DIR/a/b", "generate", "--size", "1x1", "--output", file + "/b");
  }

  @Test
  void aSweepIsATableAndEachFindingOnce() {
    assertThat(run("check", "--generated", TINY, "--workers", "2")).isEqualTo(1);
    Golden.check("sweep.txt", out);
    assertThat(err).isEmpty();
    String brief = "check --quiet --generated";
    assertThat(run("check", "--quiet", "--generated", TINY)).as(brief).isEqualTo(1);
    assertThat(out).contains("Finding 2: dangling-translation").doesNotContain("VFIO");
  }

  @Test
  void theCommandsOfASweepReplayTheFinding() throws IOException {
    run("check", "--generated", TINY);
    List<String> lines = out.lines().toList();
    String generate = command(lines, "scenario: mmexit ").replace("--output .", "");
    String replay = command(lines, "replay:   mmexit ");
    String size = generate.substring(generate.indexOf('\'') + 1, generate.lastIndexOf('\''));
    String number = generate.replaceAll(".*--number ([0-9]+).*", "$1").strip();
    run("generate", "--size", size, "--number", number, "--output", folder.toString());
    String[] words = replay.replace("'", "").split(" ", -1);
    words[1] = folder.resolve(words[1]).toString();
    assertThat(run(words)).as(replay).isEqualTo(1);
    assertThat(out).contains("deadlock");
  }

  private static String command(List<String> lines, String beginning) {
    return lines.stream()
        .filter(line -> line.startsWith(beginning))
        .findFirst()
        .orElseThrow()
        .substring(beginning.length());
  }

  @Test
  void aSweepIsJson() throws IOException {
    Path file = folder.resolve("sweep.json");
    int status =
        run(
            "check",
            "--generated",
            TINY,
            "--variant",
            "fixed",
            "--format=json",
            "--output",
            file.toString());
    assertThat(status).isZero();
    assertThat(out).endsWith(" 0 incomplete; 0 distinct findings\n");
    SweepResult sweep = JsonReport.readSweep(new StringReader(Files.readString(file)));
    assertThat(sweep.variant()).isEqualTo("fixed");
    assertThat(sweep.size()).isEqualTo(TINY);
    assertThat(sweep.complete()).isTrue();
  }

  @Test
  void aSweepThatIsBoundedIsNoPass() {
    int status =
        run("check", "--generated", TINY, "--variant", "fixed", "--max-executions", "1", "--quiet");
    assertThat(status).isEqualTo(3);
    assertThat(out).doesNotContain(" 0 incomplete;");
  }

  @Test
  void aSweepTellsHowFarItIs() {
    AtomicLong clock = new AtomicLong();
    environment = environment(Map.of(), true, () -> clock.addAndGet(TimeUnit.SECONDS.toNanos(1)));
    run("check", "--generated", TINY, "--color", "never");
    assertThat(err).contains(" scenarios, 0 distinct findings: g-2x1-0000");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--generated 2x1 file.litmus | --generated takes no files",
        "--generated 2x | invalid value for option '--generated'",
        "--generated 2x1 --shrink | --generated goes with none of",
        "--generated 2x1 --lock-graph | --generated goes with none of",
        "--generated 2x1 --variant all | there is more than one --variant",
        "--any file.litmus | --any and --operations need --generated",
        "--quiet | a FILE-OR-DIR is needed, or --generated SIZE",
      })
  void whatGoesNotTogetherIsSaid(String arguments, String sentence) {
    refused(
        sentence,
        Stream.concat(Stream.of("check"), Stream.of(arguments.split(" ", -1)))
            .toArray(String[]::new));
  }

  private static final String TWO_GROUPS =
      """
      VFIO two-groups
      {
        container C0
        group G0 = D0
        group G1 = D1
        process P0
        attach C0 G0
        attach C0 G1
        bind C0 P0
      }
       T0      | T1                ;
       exit P0 | r0 = detach C0 G0 ;
      expect v2: deadlock
      """;

  @Test
  void aFindingIsShownInASmallerScenario() throws IOException {
    assertThat(run("check", "--shrink", file("two-groups.litmus", TWO_GROUPS))).isZero();
    Golden.check("shrink.txt", out.substring(out.indexOf("Smaller scenario")));
  }

  @Test
  void smallerScenariosAreInTheDocumentAndAreDrawnAgain() throws IOException {
    String file = file("two-groups.litmus", TWO_GROUPS);
    assertThat(run("check", "--shrink", "--format=json", file)).isZero();
    CheckResult result = JsonReport.read(new StringReader(out));
    assertThat(result.shrunk()).hasSize(1);
    Shrunk shrunk = result.shrunk().get(0);
    assertThat(shrunk.found().kind()).isEqualTo(FindingKind.DEADLOCK);
    assertThat(shrunk.minimal()).isTrue();
    assertThat(shrunk.text()).startsWith("VFIO two-groups-small-1\n").doesNotContain("G1");
    String smaller = file(shrunk.scenario() + ".litmus", shrunk.text());
    assertThat(run("replay", smaller, "--schedule", shrunk.found().schedule())).isEqualTo(1);
    assertThat(run("check", "--format=json", file)).isZero();
    assertThat(out).doesNotContain("\"shrunk\"");
    String stored = folder.resolve("stored.json").toString();
    run("check", "--shrink", "--format=json", "--output", stored, file);
    run("render", stored, "--to", "text");
    assertThat(out).contains("Smaller scenario for finding 1: deadlock, in two-groups-small-1");
  }

  @Test
  void twoVariantsAreComparedOnGeneratedScenarios() {
    assertThat(run("compare", "v2", "merged-ioctl", "--generated", TINY)).isZero();
    assertThat(out)
        .contains("SAME       | g-2x1-000001")
        .contains("v2 and merged-ioctl are equivalent on ");
    assertThat(run("compare", "--quiet", "v2", "no-wait", "--generated", TINY)).isEqualTo(1);
    assertThat(out).contains("REGRESSED  | g-2x1-").contains("gained use-after-free: ");
  }

  @Test
  void compareTakesFilesOrASize() throws IOException {
    refused("it compares on what it generates", "compare", "v2", "fixed", "--generated=2x1", "x");
    refused("a FILE-OR-DIR is needed, or --generated SIZE", "compare", "v2", "fixed");
    refused("need --generated", "compare", "v2", "fixed", "--any", scenario("a"));
    refused("invalid value for option '--generated'", "compare", "v2", "fixed", "--generated=2");
  }
}
