package dev.mmexit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.explorer.Samples;
import dev.mmexit.explorer.render.NothingToDraw;
import dev.mmexit.explorer.render.Renderer;
import dev.mmexit.explorer.render.Renderers;
import dev.mmexit.explorer.report.JsonReport;
import dev.mmexit.explorer.report.Style;
import dev.mmexit.explorer.report.TextReport;
import dev.mmexit.explorer.result.CheckResult;
import dev.mmexit.explorer.result.ScenarioResult;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RenderCommandTest extends CliTest {
  private static final String COUNTS =
      "6 scenarios: 2 as expected, 3 not as expected, 1 incomplete\n";

  static Stream<String> formats() {
    return Renderers.all().stream().map(Renderer::name);
  }

  @Test
  void textIsWhatCheckPrints() throws IOException {
    assertThat(run("render", mixed(), "--to", "text")).isEqualTo(1);
    assertThat(out).isEqualTo(new TextReport(Style.PLAIN).of(Samples.mixed()));
    assertThat(err).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("formats")
  void everyFormatIsDrawnAndTheVerdictsAreTold(String format) throws IOException {
    Path file = folder.resolve("drawn");
    assertThat(run("render", mixed(), "--to", format, "--output", file.toString())).isEqualTo(1);
    assertThat(Files.size(file)).isPositive();
    assertThat(out).endsWith(COUNTS);
    assertThat(err).isEmpty();
    assertThat(run("render", mixed(), "--to", format)).isEqualTo(1);
    assertThat(out).isEqualTo(Files.readString(file).replace(folder.toString(), "DIR"));
    assertThat(format.equals("text") ? out : err).endsWith(COUNTS);
  }

  @ParameterizedTest
  @CsvSource({"clean-one, 0", "exit-vs-detach, 0", "surprise, 1", "repaired, 1", "long-one, 3"})
  void theStatusIsThatOfTheCheck(String scenario, int status) throws IOException {
    ScenarioResult only =
        Samples.mixed().results().stream()
            .filter(result -> result.scenario().equals(scenario))
            .findFirst()
            .orElseThrow();
    assertThat(run("render", stored(CheckResult.of(Samples.TOOL, List.of(only))), "--to", "text"))
        .isEqualTo(status);
  }

  @Test
  void whatIsSelectedDoesNotChangeTheStatus() throws IOException {
    assertThat(run("render", mixed(), "--to", "text", "--scenario", "clean-one")).isEqualTo(1);
    assertThat(out).contains("Test clean-one v2").doesNotContain("Test surprise");
    assertThat(err).endsWith(COUNTS);
    assertThat(run("render", mixed(), "--to", "text", "--variant", "v2", "--quiet")).isEqualTo(1);
    assertThat(err).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"clean-one, 2", "surprise, 1", "long-one, 3"})
  void aFormatThatFailsHidesNoVerdict(String scenario, int status) throws IOException {
    String file =
        stored(
            CheckResult.of(
                Samples.TOOL,
                Samples.mixed().results().stream()
                    .filter(result -> result.scenario().equals(scenario))
                    .toList()));
    fails(
        file,
        status,
        "internal error: the result cannot be drawn as broken: java.lang.IllegalStateException: no",
        () -> {
          throw new IllegalStateException("no");
        });
    fails(
        file,
        status,
        "there is nothing here",
        () -> {
          throw new NothingToDraw("there is nothing here");
        });
    fails(
        file,
        status,
        "out of memory: draw less with --scenario or --variant",
        () -> {
          throw new OutOfMemoryError("Java heap space");
        });
  }

  private void fails(String file, int status, String sentence, Runnable failure)
      throws IOException {
    renderers = List.of(new FailingRenderer("broken", failure));
    String target = file("old.txt", "old");
    assertThat(run("render", file, "--quiet", "--to", "broken", "--output", target))
        .isEqualTo(status);
    assertThat(err.lines()).hasSize(2);
    assertThat(err).startsWith("mmexit render: " + sentence).contains("\n1 scenario: ");
    assertThat(out).isEmpty();
    assertThat(Path.of(target)).hasContent("old");
    assertThat(run("render", file, "--quiet", "--to", "broken")).isEqualTo(status);
    assertThat(err).contains("\n1 scenario: ");
  }

  @Test
  void anOutputThatCannotBeWrittenHidesNoVerdict() throws IOException {
    Path full = Path.of("/dev/full");
    if (Files.exists(full)) {
      assertThat(run("render", mixed(), "--to", "text", "--output", "/dev/full")).isEqualTo(1);
      assertThat(err).startsWith("mmexit render: cannot write /dev/full: ").endsWith(COUNTS);
    }
    refused(
        "cannot write /nowhere/x: there is no directory /nowhere",
        "render",
        mixed(),
        "--to=text",
        "--output=/nowhere/x");
  }

  @Test
  void whatCannotBeReadIsSaidInOneSentence() throws IOException {
    String cut = Files.readString(Path.of(mixed())).substring(0, 2000);
    refusedFile("it is truncated: it ends at line ", file("cut.json", cut));
    refusedFile("it is no JSON: line 1, column 1", file("scenario.litmus", "VFIO x\n"));
    refusedFile("it is empty", file("empty.json", ""));
    refusedFile(
        "its format version is 7; this mmexit reads version 1",
        file("new.json", Files.readString(Path.of(mixed())).replace("mat\": 1", "mat\": 7")));
    refusedFile("no such file", folder.resolve("none.json").toString());
    refusedFile("it is a directory", folder.toString());
    Path latin = folder.resolve("latin.json");
    Files.write(latin, "{\"tool\": \"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1));
    refusedFile("it is no text in UTF-8", latin.toString());
  }

  @Test
  void whatMakesNoSenseIsRefused() throws IOException {
    refused(
        "there is no format 'txet', the nearest is text; the formats are ",
        "render",
        mixed(),
        "--to",
        "txet");
    refused("there is no format 'pdf'; the formats are ", "render", mixed(), "--to", "pdf");
    refused("'--to=FORMAT'", "render", mixed());
    refused("'RESULT.json'", "render", "--to", "text");
    refused(
        "there is no result of scenario 'suprise' in DIR/mixed.json, the nearest is surprise",
        "render",
        mixed(),
        "--to=text",
        "--scenario=suprise");
    refused("there is no result of variant 'v9'", "render", mixed(), "--to=text", "--variant=v9");
    refused("--finding is of no use with --to text", "render", mixed(), "--to=text", "--finding=1");
    refused("expected a whole number from 1", "render", mixed(), "--to=text", "--finding=0");
  }

  private void refusedFile(String sentence, String file) {
    refused(sentence, "render", file, "--to", "text");
  }

  private String mixed() throws IOException {
    return stored(Samples.mixed());
  }

  private String stored(CheckResult result) throws IOException {
    StringWriter text = new StringWriter();
    JsonReport.write(result, text);
    return file("mixed.json", text.toString());
  }
}
