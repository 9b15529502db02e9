package dev.mmexit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.explorer.CheckerFacade;
import dev.mmexit.explorer.render.Renderer;
import dev.mmexit.explorer.render.Renderers;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.io.TempDir;

/** Runs the program in a folder of its own. */
abstract class CliTest {
  @TempDir Path folder;

  final FakeChecker checker = new FakeChecker();
  Environment environment = environment(Map.of(), false, () -> 0L);
  List<Renderer> renderers = Renderers.all();
  String out = "";
  String err = "";

  static Environment environment(
      Map<String, String> variables, boolean terminal, LongSupplier clock) {
    return new Environment(variables, terminal, terminal, clock);
  }

  /** What explores: nothing, where a test does not say otherwise. */
  CheckerFacade facade() {
    return checker;
  }

  /** Runs it and returns the exit status. */
  int run(String... args) {
    StringWriter outText = new StringWriter();
    StringWriter errText = new StringWriter();
    int status =
        Main.run(
            args,
            new Session(
                new PrintWriter(outText),
                new PrintWriter(errText),
                environment,
                facade(),
                renderers));
    out = outText.toString().replace(folder.toString(), "DIR");
    err = errText.toString().replace(folder.toString(), "DIR");
    return status;
  }

  /** Fails unless it is refused with one line, and nothing was run. */
  void refused(String sentence, String... args) {
    assertThat(run(args)).isEqualTo(2);
    assertThat(err).contains(sentence).endsWith("\n");
    assertThat(err.lines()).hasSize(1);
    assertThat(out).isEmpty();
    assertThat(checker.checked).isEmpty();
    assertThat(checker.schedules).isEmpty();
  }

  /** Makes a scenario of this name. */
  String scenario(String name) throws IOException {
    return file(name + ".litmus", "VFIO " + name + "\n");
  }

  /** Makes a file. */
  String file(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content).toString();
  }
}
