package dev.mmexit.cli;

import dev.mmexit.explorer.LoadedScenario;
import dev.mmexit.explorer.LockLearner;
import dev.mmexit.explorer.compare.Comparison;
import dev.mmexit.explorer.report.CompareText;
import dev.mmexit.explorer.report.JsonReport;
import dev.mmexit.explorer.report.Style;
import dev.mmexit.explorer.report.TextReport;
import dev.mmexit.explorer.result.ScenarioResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Holds two variants side by side. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    abbreviateSynopsis = true,
    header = "Hold two variants side by side, scenario by scenario.",
    description = {
      "",
      "Explores each scenario on both variants. A scenario is REGRESSED where OTHER shows",
      "a kind of finding that BASE does not, FIXED where OTHER lacks one and shows no new",
      "one, CHANGED where only final states, or the places of findings, differ, and SAME",
      "where nothing does. SAME is said of complete explorations only.",
      ""
    },
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:Nothing regressed, and all is complete.",
      "1:Something regressed.",
      "2:The command line, a file or a scenario could not be understood, or the program failed.",
      "3:A bound was reached, and nothing regressed up to there."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  mmexit compare v2 fixed scenarios",
      "      what a repair repairs, and whether it breaks anything",
      "  mmexit compare --quiet v2 fixed scenarios/exit-vs-detach.litmus",
      "      only what differs",
      "  mmexit compare v2 fixed --format json --output compared.json scenarios",
      "      for tools: one JSON document in a file"
    })
final class CompareCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(index = "0", paramLabel = "BASE", description = "The variant that is compared with.")
  private String base = "";

  @Parameters(index = "1", paramLabel = "OTHER", description = "The variant that is compared.")
  private String other = "";

  @Parameters(
      index = "2..*",
      paramLabel = "FILE-OR-DIR",
      arity = "1..*",
      description = "Scenarios, or directories of scenarios.")
  private List<Path> arguments = List.of();

  @Mixin private RunOptions run = new RunOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  CompareCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    ExploreOptions.validate(base, session.checker());
    ExploreOptions.validate(other, session.checker());
    output.validate();
    Optional<List<LoadedScenario>> scenarios =
        new ScenarioLoader(session, run.memory(), List.of(base, other)).load(arguments);
    return scenarios.isEmpty() ? ExitStatus.USAGE : compare(scenarios.get());
  }

  private int compare(List<LoadedScenario> scenarios) {
    boolean showProgress = session.environment().errIsTerminal() && !output.quiet();
    ProgressPrinter progress =
        new ProgressPrinter(
            session.err(), showProgress, session.environment().nanoTime(), 2 * scenarios.size());
    LockLearner baseLocks = session.checker().learner(base);
    LockLearner otherLocks = session.checker().learner(other);
    List<ScenarioResult> baseResults = new ArrayList<>();
    List<ScenarioResult> otherResults = new ArrayList<>();
    try {
      for (LoadedScenario scenario : scenarios) {
        progress.begin(scenario.name() + " " + base);
        baseResults.add(baseLocks.check(scenario, run.options(base), progress));
        progress.begin(scenario.name() + " " + other);
        otherResults.add(otherLocks.check(scenario, run.options(other), progress));
      }
    } finally {
      progress.clear();
    }
    Comparison comparison =
        Comparison.of(
            new Comparison.Names(base, other),
            baseResults,
            otherResults,
            baseLocks.graph(),
            otherLocks.graph());
    write(comparison);
    return status(comparison);
  }

  private void write(Comparison comparison) {
    Style style = output.style(session.environment());
    CompareText text = new CompareText(style, TextReport.WIDTH, run.memory());
    output.write(
        session.out(),
        writer -> {
          if (output.json()) {
            JsonReport.write(comparison, writer);
          } else {
            writer.write(text.of(comparison, output.quiet()));
          }
        });
    if (output.toFile() && !output.quiet()) {
      session.out().print(text.closing(comparison));
    }
  }

  /** What regressed counts for more than what is incomplete. */
  private static int status(Comparison comparison) {
    if (comparison.regressed() > 0) {
      return ExitStatus.UNEXPECTED;
    }
    return comparison.complete() ? ExitStatus.OK : ExitStatus.INCOMPLETE;
  }
}
