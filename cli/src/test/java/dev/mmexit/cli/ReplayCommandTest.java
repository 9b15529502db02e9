package dev.mmexit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.explorer.Golden;
import dev.mmexit.explorer.Samples;
import dev.mmexit.explorer.report.JsonReport;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReplayCommandTest extends CliTest {
  @Test
  void aScheduleThatFitsAndFindsNothingGives0() throws IOException {
    assertThat(run("replay", scenario("clean"), "--schedule", "fits")).isZero();
    assertThat(out).contains("Replay exit-vs-detach fixed", "No finding.");
  }

  @Test
  void aFindingGives1() throws IOException {
    assertThat(run("replay", scenario("clean"), "--schedule", "finds")).isEqualTo(1);
    Golden.check("replay.txt", out);
    assertThat(run("replay", "--quiet", scenario("clean"), "--schedule", "finds")).isEqualTo(1);
    assertThat(out).contains("Finding: deadlock").doesNotContain("holds\n");
  }

  @Test
  void aScheduleThatDoesNotFitGives4() throws IOException {
    assertThat(run("replay", scenario("clean"), "--schedule", "misfits")).isEqualTo(4);
    assertThat(err)
        .isEqualTo(
            "mmexit replay: step 14 of the schedule runs T1, but T1 is blocked; "
                + "threads that could run there: T0, T2\n");
    assertThat(out).isEmpty();
  }

  @Test
  void whatIsNoScheduleGives2() throws IOException {
    assertThat(run("replay", scenario("clean"), "--schedule", "nonsense")).isEqualTo(2);
    assertThat(err)
        .isEqualTo("mmexit replay: the schedule cannot be read: it has no format version\n");
  }

  @Test
  void theScheduleCanBeInAFileAsCheckPrintsIt() throws IOException {
    String file = file("s.txt", "schedule: fits\n");
    assertThat(run("replay", scenario("clean"), "--schedule", "@" + file)).isZero();
    assertThat(run("replay", scenario("clean"), "--schedule=@" + file)).isZero();
    assertThat(checker.schedules).containsExactly("fits", "fits");
  }

  @Test
  void jsonIsOneDocument() throws IOException {
    run("replay", scenario("clean"), "--schedule", "finds", "--format", "json");
    assertThat(JsonReport.readReplay(new StringReader(out))).isEqualTo(Samples.replay());
  }

  @Test
  void outputGoesToAFile() throws IOException {
    Path file = folder.resolve("replay.txt");
    run("replay", scenario("clean"), "--schedule", "finds", "--output", file.toString());
    assertThat(out).isEmpty();
    assertThat(Files.readString(file)).contains("*BLOCKED*");
  }

  @Test
  void whatMakesNoSenseIsRefused() throws IOException {
    String file = scenario("clean");
    refused("'--schedule", "replay", file);
    refused("FILE", "replay", "--schedule", "fits");
    refused("the schedule is empty", "replay", file, "--schedule", " ");
    refused("no such file", "replay", file, "--schedule", "@none.txt");
    refused("is a directory", "replay", folder.toString(), "--schedule", "fits");
    refused("there is no variant 'v9'", "replay", file, "--schedule", "fits", "--variant", "v9");
    refused("nothing is expected at", "replay", file, file, "--schedule", "fits");
    assertThat(run("replay", scenario("bad-set-up"), "--schedule", "fits")).isEqualTo(2);
    assertThat(err).contains("bad-set-up.litmus:5:3: the set-up fails");
  }
}
