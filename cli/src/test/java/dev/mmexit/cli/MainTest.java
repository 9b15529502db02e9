package dev.mmexit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.explorer.Golden;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest extends CliTest {
  @Test
  void helpTeachesByExample() {
    assertThat(run("--help")).isZero();
    Golden.check("help.txt", out);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "check",
        "replay",
        "compare",
        "generate",
        "reproduce",
        "render",
        "variants",
        "properties",
        "operations",
        "completion"
      })
  void everyCommandHasHelp(String command) {
    assertThat(run(command, "--help")).isZero();
    Golden.check("help-" + command + ".txt", out);
    assertThat(out).contains("Examples:\n");
    assertThat(out.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    String help = out;
    assertThat(run("help", command)).isZero();
    assertThat(out).isEqualTo(help);
  }

  @Test
  void helpHasColoursOnATerminalOnly() {
    environment = environment(Map.of(), true, () -> 0L);
    run("--help");
    assertThat(out).contains("\u001b[");
    environment = environment(Map.of("NO_COLOR", "1"), true, () -> 0L);
    run("--help");
    assertThat(out).doesNotContain("\u001b[");
  }

  @Test
  void saysItsVersion() {
    assertThat(run("--version")).isZero();
    assertThat(out).matches("mmexit [0-9].*\n");
  }

  @Test
  void unknownCommandsAreRefusedWithASuggestion() {
    refused("there is no command 'chekc'; did you mean check", "chekc");
    refused("there is no command 'xyzzy'; the commands are check, replay", "xyzzy");
    refused("a command is needed: check, replay");
    refused("there is no option '--nothing'", "--nothing");
  }

  @Test
  void listsWhatThereIs() {
    assertThat(run("variants")).isZero();
    assertThat(out)
        .isEqualTo("v2     the patch as posted\nfixed  waits for mm_exit without iommu->lock\n");
    assertThat(run("operations")).isZero();
    assertThat(out.lines())
        .containsExactly(
            "detach C G  vfio_iommu_type1_detach_group  the manager",
            "exit P      do_exit                        P");
    assertThat(run("properties")).isZero();
    assertThat(out.lines()).hasSize(20).anyMatch(line -> line.startsWith("stale-mm "));
  }

  @Test
  void listsAreArraysInJson() {
    assertThat(run("variants", "--format", "json")).isZero();
    assertThat(out).startsWith("[\n  {\n    \"name\": \"v2\",\n");
    assertThat(run("properties", "--format", "json")).isZero();
    assertThat(out).contains("\"kind\": \"deadlock\",\n    \"whileRunning\": true,");
  }

  @Test
  void completesInAShell() {
    assertThat(run("completion")).isZero();
    assertThat(out).startsWith("#!/usr/bin/env bash").contains("--no-reduction");
  }
}
