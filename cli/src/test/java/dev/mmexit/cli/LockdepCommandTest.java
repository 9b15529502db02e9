package dev.mmexit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.explorer.Samples;
import dev.mmexit.explorer.report.JsonReport;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LockdepCommandTest extends CliTest {
  @ParameterizedTest
  @CsvSource({
    "clean, 0",
    "deadlock, 0",
    "surprise, 1",
    "missing, 1",
    "long, 3",
    "long-and-bad, 1",
    "bad-set-up, 2",
    "crash, 2"
  })
  void itsStatusIsThatOfCheck(String name, int status) throws IOException {
    assertThat(run("lockdep", scenario(name))).isEqualTo(status);
    assertThat(run("check", scenario(name))).isEqualTo(status);
  }

  @Test
  void textIsTheOrderTheCyclesAndTheCounts() throws IOException {
    run("lockdep", scenario("deadlock"), scenario("clean"));
    assertThat(checker.checked).containsExactly("deadlock", "clean");
    assertThat(out)
        .startsWith("Lock order of v2\n")
        .contains("circular locking dependency detected")
        .endsWith("2 scenarios: 2 as expected, 0 not as expected, 0 incomplete\n");
    run("lockdep", "--quiet", scenario("deadlock"));
    assertThat(out).startsWith("====").contains("cycles: 1 witnessed, 0 possible");
  }

  @Test
  void jsonIsOneDocument() throws IOException {
    assertThat(run("lockdep", "--format", "json", scenario("deadlock"))).isZero();
    assertThat(JsonReport.readLockGraph(new StringReader(out))).isEqualTo(Samples.lockGraph());
    assertThat(err).isEmpty();
  }

  @Test
  void dotIsForLockdepAlone() throws IOException {
    assertThat(run("lockdep", "--format", "dot", scenario("deadlock"))).isZero();
    assertThat(out).startsWith("digraph \"lock order of v2\" {").endsWith("}\n");
    assertThat(run("check", "--format", "dot", scenario("deadlock"))).isEqualTo(2);
    assertThat(err).contains("expected one of text, json, not 'dot'");
  }

  @Test
  void outputGoesToAFileWhole() throws IOException {
    Path file = folder.resolve("locks.json");
    run("lockdep", "--format=json", "--output", file.toString(), scenario("deadlock"));
    assertThat(JsonReport.readLockGraph(new StringReader(Files.readString(file))).cycles())
        .hasSize(1);
    assertThat(out).contains("1 witnessed, 0 possible", "1 scenario: 1 as expected");
  }

  @Test
  void anUnknownVariantIsRefused() throws IOException {
    assertThat(run("lockdep", "--variant", "v3", scenario("clean"))).isEqualTo(2);
    assertThat(err).contains("there is no variant 'v3'");
  }
}
