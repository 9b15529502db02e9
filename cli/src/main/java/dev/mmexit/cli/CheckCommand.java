package dev.mmexit.cli;

import dev.mmexit.explorer.LoadedScenario;
import dev.mmexit.explorer.LockLearner;
import dev.mmexit.explorer.VariantsChecker;
import dev.mmexit.explorer.report.JsonReport;
import dev.mmexit.explorer.report.Style;
import dev.mmexit.explorer.report.TextReport;
import dev.mmexit.explorer.result.CheckResult;
import dev.mmexit.explorer.result.Finding;
import dev.mmexit.explorer.result.LockGraph;
import dev.mmexit.explorer.result.ScenarioResult;
import dev.mmexit.explorer.result.Shrunk;
import dev.mmexit.explorer.result.Summary;
import dev.mmexit.explorer.result.Verdict;
import dev.mmexit.generate.Shrinker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Explores scenarios exhaustively. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    abbreviateSynopsis = true,
    header = "Explore each scenario exhaustively and print a verdict for each.",
    description = {
      "",
      "A directory stands for all *.litmus files below it. Bounds hold for each",
      "scenario; what they leave out is never called a pass. All files are read",
      "before any is explored.",
      ""
    },
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:Every verdict is as expected.",
      "1:Something was found that was not expected, or was expected and not found.",
      "2:The command line, a file or a scenario could not be understood, or the program failed.",
      "3:A bound was reached, and nothing was wrong up to there."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  mmexit check scenarios/exit-vs-detach.litmus",
      "      what the patch as posted does where an exit races a detach",
      "  mmexit check --variant fixed scenarios",
      "      every scenario, on another variant of the code",
      "  mmexit check --variant all --differences scenarios/differences.csv scenarios",
      "      every scenario on every variant, as the table has it",
      "  mmexit check --format json --output result.json --quiet scenarios",
      "      for tools: one JSON document in a file",
      "  mmexit check --preemptions 2 --max-seconds 60 big.litmus",
      "      a quick look at a large scenario; status 3 at best",
      "  mmexit check --shrink scenarios/exit-exit-detach.litmus",
      "      the smallest scenario for each finding, too",
      "  mmexit check --generated 2x1",
      "      everything that two threads of one operation each can show"
    })
final class CheckCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(
      paramLabel = "FILE-OR-DIR",
      arity = "0..*",
      description = "Scenarios, or directories of scenarios.")
  private List<Path> arguments = List.of();

  @Option(
      names = "--generated",
      paramLabel = "SIZE",
      description = {
        "Explore every generated scenario of a size instead, as 2x1: see",
        "'mmexit help generate'. Prints how many show which kind, and",
        "each distinct finding once, in the smallest scenario."
      })
  private @Nullable String generated;

  @Mixin private GenerateOptions generate = new GenerateOptions();

  @Option(
      names = "--shrink",
      description = {
        "For each finding, make the scenario as small as it can be for",
        "that, and print it. --max-seconds bounds that for each, too."
      })
  private boolean shrink;

  @Option(
      names = "--lock-graph",
      description = {
        "Learn the order of locks as well, as lockdep does, and put the",
        "graph into the JSON document."
      })
  private boolean lockGraph;

  @Mixin private ExploreOptions explore = new ExploreOptions();
  @Mixin private OutputOptions output = new OutputOptions();
  @Mixin private DifferencesOptions differences = new DifferencesOptions();

  CheckCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    explore.validate(session.checker());
    output.validate();
    if (generated != null) {
      return sweep(generated);
    }
    if (arguments.isEmpty()) {
      throw new UserError(
          "a FILE-OR-DIR is needed, or --generated SIZE (see 'mmexit check --help')");
    }
    if (generate.isGiven()) {
      throw new UserError("--any and --operations need --generated");
    }
    differences.read(session.checker());
    Optional<List<LoadedScenario>> scenarios = new ScenarioLoader(session, explore).load(arguments);
    return scenarios.isEmpty() ? ExitStatus.USAGE : check(scenarios.get());
  }

  private int sweep(String size) {
    if (!arguments.isEmpty()) {
      throw new UserError("--generated takes no files: it explores what it generates");
    }
    if (lockGraph || shrink || differences.isGiven()) {
      throw new UserError(
          "--generated goes with none of --lock-graph, --shrink, --differences and"
              + " --write-differences");
    }
    return new SweepRun(session, explore, output)
        .run(generate.size("--generated", size), generate.plausibility());
  }

  private int check(List<LoadedScenario> scenarios) {
    boolean showBlocks = !output.json() && !output.toFile();
    boolean showProgress = session.environment().errIsTerminal() && !output.quiet();
    TextReport text =
        new TextReport(output.style(session.environment()), TextReport.WIDTH, explore.memory());
    List<String> variants = explore.variants(session.checker());
    ProgressPrinter progress =
        new ProgressPrinter(
            session.err(),
            showProgress,
            session.environment().nanoTime(),
            scenarios.size() * variants.size());
    List<ScenarioResult> results = new ArrayList<>();
    List<Shrunk> smaller = new ArrayList<>();
    VariantsChecker checker = session.checker().checker(variants);
    Map<String, LockLearner> learners = new LinkedHashMap<>();
    if (lockGraph) {
      variants.forEach(variant -> learners.put(variant, session.checker().learner(variant)));
    }
    try {
      for (LoadedScenario scenario : scenarios) {
        for (String variant : variants) {
          progress.begin(scenario.name());
          ScenarioResult result =
              differences.judge(
                  scenario, explore(scenario, variant, checker, learners.get(variant), progress));
          results.add(result);
          List<Shrunk> its = shrunk(scenario, result);
          smaller.addAll(its);
          if (showBlocks) {
            progress.clear();
            session.out().print(block(text, result, its));
            session.out().flush();
          }
        }
      }
    } finally {
      progress.clear();
    }
    differences.write(scenarios, results);
    List<LockGraph> graphs = learners.values().stream().map(LockLearner::graph).toList();
    finish(explore.sign(results, graphs).withShrunk(smaller), text, showBlocks);
    return ExitStatus.of(Summary.of(results));
  }

  private ScenarioResult explore(
      LoadedScenario scenario,
      String variant,
      VariantsChecker checker,
      @Nullable LockLearner learner,
      ProgressPrinter progress) {
    return learner == null
        ? checker.check(scenario, explore.options(variant), progress)
        : learner.check(scenario, explore.options(variant), progress);
  }

  private void finish(CheckResult result, TextReport text, boolean blocksShown) {
    String closing = text.closing(result);
    if (output.json()) {
      output.write(session.out(), writer -> JsonReport.write(result, writer));
    } else if (blocksShown) {
      session.out().print(closing);
    } else {
      output.write(
          session.out(),
          writer -> {
            for (ScenarioResult scenario : result.results()) {
              writer.write(block(text, scenario, result.shrunk(scenario)));
            }
            writer.write(closing);
          });
    }
    if (output.toFile() && !output.quiet()) {
      session.out().print(new TextReport(Style.PLAIN).closing(result));
    }
  }

  private List<Shrunk> shrunk(LoadedScenario scenario, ScenarioResult result) {
    List<Shrunk> smaller = new ArrayList<>();
    if (!shrink) {
      return smaller;
    }
    Shrinker shrinker = new Shrinker(session.checker(), explore.options(result.variant()));
    int number = 0;
    for (Finding finding : result.findings()) {
      number++;
      String name = scenario.name() + "-small-" + number;
      Shrinker.Result its = shrinker.shrink(scenario.scenario(), finding, name);
      smaller.add(
          new Shrunk(
              result.file(),
              result.variant(),
              number,
              its.minimal(),
              name,
              its.scenario().sourceText(),
              its.finding()));
    }
    return smaller;
  }

  private String block(TextReport text, ScenarioResult result, List<Shrunk> smaller) {
    if (output.quiet() && result.verdict() == Verdict.AS_EXPECTED) {
      return "";
    }
    StringBuilder block = new StringBuilder(text.block(result)).append('\n');
    smaller.forEach(one -> block.append(text.shrunk(one)).append('\n'));
    return block.toString();
  }
}
