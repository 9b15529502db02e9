package dev.mmexit.lincheck;

import dev.mmexit.explorer.ExplorationOptions;
import dev.mmexit.explorer.ModelChecker;
import dev.mmexit.explorer.report.Style;
import dev.mmexit.explorer.report.TextReport;
import dev.mmexit.explorer.result.ScenarioResult;
import dev.mmexit.explorer.result.Tool;
import dev.mmexit.kernel.FindingKind;
import dev.mmexit.scenario.format.Scenario;
import dev.mmexit.variant.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Keeps what Lincheck says of a finding in a file, and what the explorer says in one beside it. */
final class Traces {
  private static final Path FOLDER = Path.of("target/lincheck/traces");

  private Traces() {}

  /**
   * Runs a scenario until it shows a finding again, and keeps Lincheck's report of that execution.
   *
   * @param verdict of a run that has shown it: Lincheck comes to it the same way again
   * @return the files: Lincheck's, and the explorer's
   * @throws IllegalStateException where the finding is not shown again
   */
  static List<Path> keep(Variant variant, Scenario scenario, Verdict verdict, FindingKind kind)
      throws IOException {
    Verdict.Seen seen = verdict.findings().get(kind);
    String trace =
        LincheckRun.trace(variant, scenario, seen.execution(), kind)
            .orElseThrow(() -> new IllegalStateException(kind.label() + " is not shown again"));
    Files.createDirectories(FOLDER);
    Path lincheck = FOLDER.resolve(scenario.name() + "-" + kind.label() + ".txt");
    Files.writeString(
        lincheck,
        scenario.sourceText()
            + "\n"
            + kind.label()
            + ": "
            + seen.sentence()
            + "\n\n"
            + trace
            + "\n");
    return List.of(lincheck, explorer(variant, scenario));
  }

  private static Path explorer(Variant variant, Scenario scenario) throws IOException {
    Path file = FOLDER.resolve(scenario.name() + ".explorer.txt");
    if (Files.exists(file)) {
      return file;
    }
    ModelChecker checker = new ModelChecker(new Tool("mmexit", "test"));
    ScenarioResult result =
        checker.check(
            checker.loaded(scenario, Path.of("../scenarios", scenario.name() + ".litmus")),
            new ExplorationOptions(
                variant.name(),
                Optional.empty(),
                OptionalLong.empty(),
                OptionalInt.empty(),
                1,
                true),
            (states, executions, findings) -> {});
    Files.writeString(file, new TextReport(Style.PLAIN).block(result));
    return file;
  }
}
