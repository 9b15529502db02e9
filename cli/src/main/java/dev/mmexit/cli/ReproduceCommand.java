package dev.mmexit.cli;

import dev.mmexit.explorer.MemoryModel;
import dev.mmexit.explorer.report.JsonReport;
import dev.mmexit.generate.Size;
import dev.mmexit.reproduce.LogReader;
import dev.mmexit.reproduce.UnusableReport;
import dev.mmexit.reproduce.report.Document;
import dev.mmexit.reproduce.report.ReproduceText;
import dev.mmexit.reproduce.search.Catalogue;
import dev.mmexit.reproduce.search.Generated;
import dev.mmexit.reproduce.search.Outcome;
import dev.mmexit.reproduce.search.ReportSearch;
import dev.mmexit.reproduce.search.Stage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Searches for an interleaving that shows what a kernel has reported. */
@Command(
    name = "reproduce",
    resourceBundle = "dev.mmexit.cli.reproduce",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    abbreviateSynopsis = true,
    header = "Read a kernel's report of a race and search for an interleaving that shows it.",
    description = {
      "",
      "The report may be in a log, with or without timestamps, quoted in a mail, with",
      "lines broken. The catalogue is searched first, then every generated scenario",
      "of a size, in increasing sizes, up to the first that shows it. --max-seconds",
      "bounds the whole search; other bounds are of each scenario.",
      ""
    },
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:It is reproduced.",
      "1:It is not reachable in what was searched, completely.",
      "2:There is no report in the input that could be looked for, or the program failed.",
      "3:A bound ended the search."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  mmexit reproduce splat.txt",
      "      the report in a file",
      "  dmesg | mmexit reproduce -",
      "      the report in the kernel's log",
      "  mmexit reproduce --report 2 --format json console.log",
      "      the second report of a log, for tools",
      "  mmexit reproduce --sizes 2x1,2x2 --max-seconds 600 splat.txt",
      "      larger scenarios, for ten minutes"
    })
final class ReproduceCommand implements Callable<Integer> {
  /** Where the launcher says that the catalogue is. */
  private static final String CATALOGUE = "mmexit.catalogue";

  /** A comma before a size: there are others within one. */
  private static final Pattern NEXT_SIZE = Pattern.compile(",(?=\\s*(?:\\d+x\\d+|threads=|$))");

  private static final String STANDARD_INPUT = "-";
  private static final List<String> USUAL_SIZES = List.of("1x1", "2x1", "1x2", "3x1");

  /** What follows where there is time. */
  private static final List<String> LARGER_SIZES = List.of("2x2", "4x1", "3x2");

  private final Session session;

  @Parameters(
      paramLabel = "REPORT",
      arity = "1",
      description = "The file with the report; '-' for the standard input.")
  private String report = "";

  @Option(
      names = "--report",
      paramLabel = "N",
      description = {
        "The number of the report in the log (default: the first that is",
        "about the modelled code)."
      })
  private @Nullable Integer number;

  @Option(
      names = "--catalogue",
      paramLabel = "DIR",
      description = "Search the scenarios of DIR first, in place of the catalogue.")
  private @Nullable Path catalogue;

  @Option(
      names = "--sizes",
      paramLabel = "SIZE,...",
      description = {
        "The sizes of generated scenarios to search then, in this order, or",
        "'none' (default: 1x1,2x1,1x2,3x1; with --max-seconds, larger ones",
        "follow)."
      })
  private @Nullable String sizes;

  @Mixin private ExploreOptions explore = new ExploreOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  ReproduceCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    explore.validate(session.checker());
    output.validate();
    if (number != null && number < 1) {
      throw new UserError("the number of a report is 1 or more, not " + number);
    }
    List<Size> generated = generated();
    LogReader.Reading reading = read();
    Outcome outcome;
    SearchProgress progress =
        new SearchProgress(
            session.err(),
            session.environment().errIsTerminal() && !output.quiet(),
            session.environment().nanoTime());
    try {
      outcome =
          new ReportSearch(
                  session.checker(),
                  reading.query(),
                  explore.options(explore.variant()),
                  session.environment().nanoTime(),
                  progress)
              .search(stages(reading, generated));
    } finally {
      progress.clear();
    }
    return print(reading, outcome);
  }

  private LogReader.Reading read() {
    try (InputStream in =
        report.equals(STANDARD_INPUT) ? System.in : Files.newInputStream(Path.of(report))) {
      String name = report.equals(STANDARD_INPUT) ? "standard input" : report;
      return LogReader.read(in, name, number == null ? 0 : number);
    } catch (UnusableReport e) {
      throw new UserError(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new UserError("cannot read " + report + ": " + Problems.of(e), e);
    }
  }

  private List<Size> generated() {
    List<String> words =
        new ArrayList<>(sizes == null ? USUAL_SIZES : List.of(NEXT_SIZE.split(sizes, -1)));
    if (sizes == null && explore.options(explore.variant()).maxTime().isPresent()) {
      words.addAll(LARGER_SIZES);
    }
    List<Size> parsed = new ArrayList<>();
    for (String word : words) {
      if (words.size() == 1 && word.equals("none")) {
        return List.of();
      }
      try {
        parsed.add(Size.parse(word.strip()));
      } catch (IllegalArgumentException e) {
        throw new UserError("--sizes: " + e.getMessage(), e);
      }
    }
    return parsed;
  }

  private List<Stage> stages(LogReader.Reading reading, List<Size> generated) {
    List<Stage> stages = new ArrayList<>();
    Path folder = folder();
    MemoryModel memory = explore.memory();
    try {
      stages.add(
          Catalogue.read(folder, session.checker(), memory, reading.query(), explore.variant()));
    } catch (IOException e) {
      throw new UserError(
          "cannot read the catalogue: "
              + (e.getClass() == IOException.class ? e.getMessage() : Problems.of(e)),
          e);
    }
    generated.forEach(size -> stages.add(new Generated(size, session.checker(), memory)));
    return stages;
  }

  private @Nullable Path folder() {
    if (catalogue != null) {
      return catalogue;
    }
    String told = System.getProperty(CATALOGUE, "");
    return told.isEmpty() || !Files.isDirectory(Path.of(told)) ? null : shortest(Path.of(told));
  }

  /** As seen from here, where it is below: results name files as a user would. */
  private static Path shortest(Path folder) {
    Path here = Path.of("").toAbsolutePath();
    return folder.startsWith(here) ? here.relativize(folder) : folder;
  }

  private int print(LogReader.Reading reading, Outcome outcome) {
    Document document =
        Document.of(Version.tool(), reading, explore.variant(), explore.memory(), outcome);
    ReproduceText text = new ReproduceText(output.style(session.environment()));
    output.write(
        session.out(),
        writer -> {
          if (output.json()) {
            JsonReport.writeDocument(document, writer);
          } else {
            writer.write(text.of(reading.log(), document, explore.memory()));
          }
        });
    if (document.reproduced()) {
      return ExitStatus.OK;
    }
    return document.bound() == null ? ExitStatus.UNEXPECTED : ExitStatus.INCOMPLETE;
  }
}
