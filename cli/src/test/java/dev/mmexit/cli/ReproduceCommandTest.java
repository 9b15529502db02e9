package dev.mmexit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mmexit.explorer.ModelChecker;
import dev.mmexit.explorer.render.Renderers;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On the model itself, with a catalogue of two small scenarios. */
class ReproduceCommandTest extends CliTest {
  private static final Path SCENARIOS = Path.of("../scenarios");
  private static final Path REPORTS = Path.of("../reproduce/src/test/resources/reports");

  private Path catalogue = Path.of("");

  @BeforeEach
  void smallCatalogue() throws IOException {
    catalogue = Files.createDirectories(folder.resolve("catalogue"));
    for (String name : List.of("exit-vs-detach.litmus", "bind-vs-bind.litmus")) {
      Files.copy(SCENARIOS.resolve(name), catalogue.resolve(name));
    }
  }

  @Test
  void whatIsReproducedIsStatusZero() {
    assertThat(reproduce("hung-quoted-wrapped.txt", "--sizes", "none")).isZero();
    assertThat(out)
        .startsWith("Report, lines 5 to 64: hung-task, tasks are blocked\n")
        .contains("Reproduced by exit-vs-detach on v2:\n\nVFIO exit-vs-detach\n")
        .contains("schedule: v1:")
        .contains("replay:   mmexit replay DIR/catalogue/exit-vs-detach.litmus --variant v2")
        .endsWith("Searched: the first 1 scenario of the catalogue\n");
    assertThat(err).isEmpty();
  }

  @Test
  void jsonIsOneDocument() throws IOException {
    assertThat(reproduce("hung-quoted-wrapped.txt", "--sizes", "none", "--format", "json"))
        .isZero();
    JsonNode document = new ObjectMapper().readTree(out);
    assertThat(document.at("/report/kind").textValue()).isEqualTo("hung-task");
    assertThat(document.at("/report/threads/0/matched/0").textValue())
        .isEqualTo("vfio_iommu_mm_exit");
    assertThat(document.at("/finding/kind").textValue()).isEqualTo("deadlock");
    assertThat(document.at("/scenario").textValue()).startsWith("VFIO exit-vs-detach\n");
    assertThat(document.at("/schedule")).isEqualTo(document.at("/finding/schedule"));
  }

  /** The scenario as printed and the schedule are enough to see it again. */
  @Test
  void theScheduleFitsTheScenario() throws IOException {
    reproduce("hung-quoted-wrapped.txt", "--sizes", "none", "--format", "json");
    JsonNode document = new ObjectMapper().readTree(out);
    String file = file("again.litmus", document.at("/scenario").textValue());
    assertThat(mmexit("replay", file, "--schedule", document.at("/schedule").textValue()))
        .isEqualTo(1);
    assertThat(out).contains("deadlock");
  }

  @Test
  void whatIsNotReachableIsStatusOneAndSaysHowFarThatGoes() {
    assertThat(reproduce("hung-never.txt", "--sizes", "1x1 containers=1 groups=1 use=attach,exit"))
        .isEqualTo(1);
    assertThat(out)
        .contains("Not reachable in what was searched.")
        .contains("Searched: all 2 scenarios of the catalogue: not reachable; all ")
        .contains("(1x1 groups=1 use=attach,exit): not reachable");
  }

  @Test
  void aBoundIsStatusThree() {
    assertThat(reproduce("hung-never.txt", "--sizes", "none", "--max-executions", "1"))
        .isEqualTo(3);
    assertThat(out)
        .contains("Not reached: the search ended at a bound")
        .contains("Searched: 2 scenarios of the catalogue, 0 of them completely: not reached");
  }

  @Test
  void anotherVariantIsSearched() {
    assertThat(reproduce("hung-quoted-wrapped.txt", "--sizes", "none", "--variant", "fixed"))
        .isEqualTo(1);
  }

  @Test
  void whatCannotBeLookedForIsStatusTwoAndOneSentence() throws IOException {
    refused("there is no report in lines 1 to 1", "reproduce", file("log", "nothing\n"));
    refused("cannot read DIR/none: ", "reproduce", folder.resolve("none").toString());
    refused("cannot read DIR: ", "reproduce", folder.toString());
    refused(
        "the number of a report is 1 or more, not 0",
        "reproduce",
        "--report",
        "0",
        file("log", "nothing\n"));
    refused("--sizes: ", "reproduce", "--sizes", "large", file("log", "nothing\n"));
    refused(
        "cannot read the catalogue: ",
        "reproduce",
        "--catalogue",
        folder.resolve("none").toString(),
        REPORTS.resolve("hung-never.txt").toString());
  }

  private int reproduce(String report, String... options) {
    String[] args = new String[options.length + 4];
    args[0] = "reproduce";
    args[1] = REPORTS.resolve(report).toString();
    args[2] = "--catalogue";
    args[3] = catalogue.toString();
    System.arraycopy(options, 0, args, 4, options.length);
    return mmexit(args);
  }

  private int mmexit(String... args) {
    StringWriter outText = new StringWriter();
    StringWriter errText = new StringWriter();
    int status =
        Main.run(
            args,
            new Session(
                new PrintWriter(outText),
                new PrintWriter(errText),
                environment(Map.of(), false, System::nanoTime),
                new ModelChecker(Version.tool()),
                Renderers.all()));
    out = outText.toString().replace(folder.toString(), "DIR");
    err = errText.toString().replace(folder.toString(), "DIR");
    return status;
  }
}
