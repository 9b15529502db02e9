package dev.mmexit.cli;

import dev.mmexit.explorer.LoadedScenario;
import dev.mmexit.explorer.LockLearner;
import dev.mmexit.explorer.report.JsonReport;
import dev.mmexit.explorer.report.LockGraphDot;
import dev.mmexit.explorer.report.LockdepText;
import dev.mmexit.explorer.report.TextReport;
import dev.mmexit.explorer.result.CheckResult;
import dev.mmexit.explorer.result.LockGraph;
import dev.mmexit.explorer.result.ScenarioResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Learns the order of locks from everything that scenarios execute. */
@Command(
    name = "lockdep",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    abbreviateSynopsis = true,
    header = "The lock-order graph over everything explored, and its cycles.",
    description = {
      "",
      "Explores each scenario as check does, and notes which lock is taken, or which",
      "event is waited for, while which lock is held. A cycle is WITNESSED where an",
      "execution blocks in it, with its schedule; else it is POSSIBLE, and no",
      "deadlock. --format takes dot as well, for Graphviz.",
      ""
    },
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:The verdict of every scenario is as expected, whatever cycles there are: who expects"
          + " a deadlock expects its cycle.",
      "1:A verdict is not as expected, by a witnessed cycle or anything else.",
      "2:The command line, a file or a scenario could not be understood, or the program failed.",
      "3:A bound was reached, and nothing was wrong up to there: edges may be missing."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  mmexit lockdep scenarios",
      "      the order of all locks, and what is wrong with it",
      "  mmexit lockdep --format dot scenarios | dot -Tsvg -o locks.svg",
      "      the same as a picture",
      "  mmexit lockdep --quiet scenarios/exit-vs-detach.litmus",
      "      the cycles only"
    })
final class LockdepCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(
      paramLabel = "FILE-OR-DIR",
      arity = "1..*",
      description = "Scenarios, or directories of scenarios.")
  private List<Path> arguments = List.of();

  @Option(
      names = "--held",
      description = {
        "Say as well what is held where each function is called, in brackets what only some"
            + " callers hold. In JSON it always is."
      })
  private boolean held;

  @Mixin private ExploreOptions explore = new ExploreOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  LockdepCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    explore.validate(session.checker());
    output.validate(OutputFormat.DOT);
    Optional<List<LoadedScenario>> scenarios = new ScenarioLoader(session, explore).load(arguments);
    return scenarios.isEmpty() ? ExitStatus.USAGE : learn(scenarios.get());
  }

  private int learn(List<LoadedScenario> scenarios) {
    boolean showProgress = session.environment().errIsTerminal() && !output.quiet();
    ProgressPrinter progress =
        new ProgressPrinter(
            session.err(), showProgress, session.environment().nanoTime(), scenarios.size());
    LockLearner learner = session.checker().learner(explore.variant());
    List<ScenarioResult> results = new ArrayList<>();
    try {
      for (LoadedScenario scenario : scenarios) {
        progress.begin(scenario.name());
        results.add(learner.check(scenario, explore.options(explore.variant()), progress));
      }
    } finally {
      progress.clear();
    }
    LockGraph graph = learner.graph();
    CheckResult result = CheckResult.of(Version.tool(), results, List.of(graph));
    LockdepText text = new LockdepText(output.style(session.environment()), Version.tool());
    String closing =
        text.closing(graph) + new TextReport(output.style(session.environment())).closing(result);
    output.write(
        session.out(),
        writer -> {
          switch (output.format()) {
            case JSON -> JsonReport.write(graph, writer);
            case DOT -> LockGraphDot.write(graph, writer);
            case TEXT -> {
              writer.write(output.quiet() ? "" : text.edges(graph) + "\n");
              writer.write(held ? text.held(graph) + "\n" : "");
              writer.write(text.cycles(graph));
              writer.write(closing);
            }
          }
        });
    if (output.toFile() && !output.quiet()) {
      session.out().print(closing);
    }
    return ExitStatus.of(result.summary());
  }
}
