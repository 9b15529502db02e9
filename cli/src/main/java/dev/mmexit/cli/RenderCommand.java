package dev.mmexit.cli;

import dev.mmexit.explorer.render.NothingToDraw;
import dev.mmexit.explorer.render.RenderOptions;
import dev.mmexit.explorer.render.Renderer;
import dev.mmexit.explorer.render.Renderers;
import dev.mmexit.explorer.report.Style;
import dev.mmexit.explorer.report.TextReport;
import dev.mmexit.explorer.result.CheckResult;
import dev.mmexit.explorer.result.ScenarioResult;
import dev.mmexit.scenario.format.Nearest;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Draws a stored result again. */
@Command(
    name = "render",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    abbreviateSynopsis = true,
    header = "Draw a stored result in another format, without exploring.",
    description = {
      "",
      "The result is what check --format json wrote. The verdicts in it stay what they",
      "are: the counts are printed, and the exit status is that of the check, whatever",
      "is drawn of it and whether or not that can be drawn.",
      ""
    },
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:It is drawn, and every verdict in it is as expected.",
      "1:Something in it was found that was not expected, or was expected and not found.",
      "2:The command line or the file could not be understood, or the result could not be drawn"
          + " and is as expected.",
      "3:A bound was reached in it, and nothing was wrong up to there."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  mmexit check --format json --output result.json --quiet scenarios",
      "      store a result",
      "  mmexit render result.json --to junit --output TEST-mmexit.xml",
      "      for continuous integration: a test case for each scenario and variant",
      "  mmexit render result.json --to sarif --output mmexit.sarif",
      "      for code scanning: a result for each finding, a flow for each thread",
      "  mmexit render result.json --to mermaid --scenario exit-vs-detach --finding 1",
      "      one interleaving as a sequence diagram, to paste into a review",
      "  mmexit render result.json --to dot | dot -Tsvg > lock-order.svg",
      "      the lock-order graph, drawn by Graphviz"
    })
final class RenderCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(
      paramLabel = "RESULT.json",
      arity = "1",
      description = "What check --format json wrote.")
  private Path file = Path.of("");

  @Option(
      names = "--to",
      required = true,
      paramLabel = "FORMAT",
      completionCandidates = FormatNames.class,
      description = "The format: ${COMPLETION-CANDIDATES}.")
  private String to = "";

  @Option(
      names = "--scenario",
      paramLabel = "NAME",
      description = "Draw the results of this scenario only.")
  private @Nullable String scenario;

  @Option(
      names = "--variant",
      paramLabel = "NAME",
      description = "Draw the results and the lock-order graph of this variant only.")
  private @Nullable String variant;

  @Option(
      names = "--finding",
      paramLabel = "N",
      converter = Converters.FindingNumber.class,
      description = "Draw the Nth finding of each result only (mermaid, dot, perfetto).")
  private @Nullable Long finding;

  @ParentCommand private MmexitCommand mmexit = new MmexitCommand();
  @Mixin private FileOptions output = new FileOptions();

  /** The names of the formats. */
  static final class FormatNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Renderers.all().stream().map(Renderer::name).iterator();
    }
  }

  RenderCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Renderer format = format();
    if (finding != null && !format.drawsOneFinding()) {
      throw new UserError("--finding is of no use with --to " + format.name());
    }
    output.validate();
    CheckResult stored = StoredResult.read(file);
    CheckResult selected = select(stored);
    int status = ExitStatus.of(stored.summary());
    String problem = draw(format, selected);
    if (problem != null) {
      session.err().println("mmexit render: " + problem);
      status = status == ExitStatus.OK ? ExitStatus.USAGE : status;
    }
    verdict(stored, format, problem != null);
    return status;
  }

  private Renderer format() {
    List<String> names = session.renderers().stream().map(Renderer::name).toList();
    return session.renderers().stream()
        .filter(renderer -> renderer.name().equals(to))
        .findFirst()
        .orElseThrow(
            () ->
                new UserError(
                    "there is no format '"
                        + to
                        + "'"
                        + nearest(to, names)
                        + "; the formats are "
                        + String.join(", ", names)));
  }

  /** Draws it; what goes wrong is returned, since the verdicts are still to be told. */
  private @Nullable String draw(Renderer format, CheckResult result) {
    OptionalInt only =
        finding == null ? OptionalInt.empty() : OptionalInt.of(Math.toIntExact(finding));
    RenderOptions options = new RenderOptions(output.style(session.environment()), only);
    try {
      output.write(session.out(), writer -> format.render(result, options, writer));
      return null;
    } catch (NothingToDraw | UserError e) {
      return e.getMessage();
    } catch (OutOfMemoryError e) {
      return "out of memory: draw less with --scenario or --variant, or give Java a larger heap";
    } catch (RuntimeException | StackOverflowError e) {
      if (mmexit.stacktrace()) {
        e.printStackTrace(session.err());
      }
      return "internal error: the result cannot be drawn as "
          + format.name()
          + ": "
          + e
          + "; please report it, with the result";
    }
  }

  /** The counts go where they do not disturb what was drawn. */
  private void verdict(CheckResult stored, Renderer format, boolean failed) {
    boolean told =
        format.name().equals("text") && scenario == null && variant == null && !output.toFile();
    if (failed || (!told && !output.quiet())) {
      String closing = new TextReport(Style.PLAIN).closing(stored);
      (failed || !output.toFile() ? session.err() : session.out()).print(closing);
    }
  }

  private CheckResult select(CheckResult stored) {
    if (scenario == null && variant == null) {
      return stored;
    }
    check(scenario, "scenario", stored, ScenarioResult::scenario);
    check(variant, "variant", stored, ScenarioResult::variant);
    List<ScenarioResult> results =
        stored.results().stream()
            .filter(result -> scenario == null || result.scenario().equals(scenario))
            .filter(result -> variant == null || result.variant().equals(variant))
            .toList();
    return CheckResult.of(
            stored.tool(),
            results,
            stored.lockGraphs().stream()
                .filter(graph -> scenario == null) // they are of all scenarios
                .filter(graph -> variant == null || graph.variant().equals(variant))
                .toList())
        .withMemory(stored.memory());
  }

  private void check(
      @Nullable String name,
      String what,
      CheckResult stored,
      Function<ScenarioResult, String> key) {
    List<String> names = stored.results().stream().map(key).distinct().toList();
    if (name != null && !names.contains(name)) {
      throw new UserError(
          "there is no result of " + what + " '" + name + "' in " + file + nearest(name, names));
    }
  }

  private static String nearest(String name, List<String> names) {
    return Nearest.of(name, names).map(near -> ", the nearest is " + near).orElse("");
  }
}
