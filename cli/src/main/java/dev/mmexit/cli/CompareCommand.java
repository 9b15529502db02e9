package dev.mmexit.cli;

import dev.mmexit.explorer.ExplorationOptions;
import dev.mmexit.explorer.LoadedScenario;
import dev.mmexit.explorer.LockLearner;
import dev.mmexit.explorer.MemoryModel;
import dev.mmexit.explorer.compare.Comparison;
import dev.mmexit.explorer.compare.ComparisonRow;
import dev.mmexit.explorer.report.CompareText;
import dev.mmexit.explorer.report.JsonReport;
import dev.mmexit.explorer.report.Style;
import dev.mmexit.explorer.report.TextReport;
import dev.mmexit.explorer.result.ScenarioResult;
import dev.mmexit.generate.Generator;
import dev.mmexit.generate.Registers;
import dev.mmexit.generate.Size;
import dev.mmexit.scenario.format.Scenario;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
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
      "      for tools: one JSON document in a file",
      "  mmexit compare --quiet v2 merged-ioctl --generated 2x1",
      "      whether anything of two threads can tell the two apart"
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
      arity = "0..*",
      description = "Scenarios, or directories of scenarios.")
  private List<Path> arguments = List.of();

  @Option(
      names = "--generated",
      paramLabel = "SIZE",
      description = {
        "Compare on every generated scenario of a size instead, as 2x1,",
        "what each operation returned included: see 'mmexit help generate'."
      })
  private @Nullable String generated;

  @Mixin private GenerateOptions generate = new GenerateOptions();

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
    if (generated != null) {
      return compareGenerated(generated);
    }
    if (arguments.isEmpty()) {
      throw new UserError(
          "a FILE-OR-DIR is needed, or --generated SIZE (see 'mmexit compare --help')");
    }
    if (generate.isGiven()) {
      throw new UserError("--any and --operations need --generated");
    }
    Optional<List<LoadedScenario>> scenarios =
        new ScenarioLoader(session, run.memory(), List.of(base, other)).load(arguments);
    return scenarios.isEmpty()
        ? ExitStatus.USAGE
        : compare(scenarios.get().iterator(), scenarios.get().size());
  }

  private int compareGenerated(String text) {
    if (!arguments.isEmpty()) {
      throw new UserError("--generated takes no files: it compares on what it generates");
    }
    Size size = generate.size("--generated", text);
    Iterator<LoadedScenario> scenarios =
        Generator.scenarios(size, generate.plausibility()).map(this::loaded).iterator();
    return compare(scenarios, Math.toIntExact(Generator.count(size, generate.plausibility())));
  }

  private LoadedScenario loaded(Scenario made) {
    Scenario scenario = Registers.added(made);
    MemoryModel memory = run.memory();
    LoadedScenario loaded =
        session
            .checker()
            .loaded(
                memory == null
                    ? scenario
                    : scenario.with(dev.mmexit.scenario.format.MemoryModel.valueOf(memory.name())),
                Path.of(scenario.name() + ".litmus"));
    for (String variant : List.of(base, other)) {
      List<String> errors = session.checker().setUpErrors(loaded, variant);
      if (!errors.isEmpty()) {
        throw new UserError(
            "the set-up of "
                + scenario.name()
                + " does not succeed on "
                + variant
                + ": "
                + errors.get(0));
      }
    }
    return loaded;
  }

  private int compare(Iterator<LoadedScenario> scenarios, int count) {
    boolean showProgress = session.environment().errIsTerminal() && !output.quiet();
    ProgressPrinter progress =
        new ProgressPrinter(
            session.err(), showProgress, session.environment().nanoTime(), 2 * count);
    LockLearner baseLocks = session.checker().learner(base);
    LockLearner otherLocks = session.checker().learner(other);
    List<ComparisonRow> rows = new ArrayList<>();
    try {
      while (scenarios.hasNext()) {
        LoadedScenario scenario = scenarios.next();
        progress.begin(scenario.name() + " " + base);
        ScenarioResult baseResult = baseLocks.check(scenario, options(base), progress);
        progress.begin(scenario.name() + " " + other);
        ScenarioResult otherResult = otherLocks.check(scenario, options(other), progress);
        rows.add(ComparisonRow.of(baseResult, otherResult));
      }
    } finally {
      progress.clear();
    }
    Comparison comparison =
        Comparison.of(
            new Comparison.Names(base, other), rows, baseLocks.graph(), otherLocks.graph());
    write(comparison);
    return status(comparison);
  }

  /** A generated scenario is too small for several workers. */
  private ExplorationOptions options(String variant) {
    ExplorationOptions options = run.options(variant);
    return generated == null
        ? options
        : new ExplorationOptions(
            variant,
            options.maxTime(),
            options.maxExecutions(),
            options.preemptions(),
            1,
            options.reduction());
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
