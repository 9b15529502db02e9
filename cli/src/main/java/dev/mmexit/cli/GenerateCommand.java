package dev.mmexit.cli;

import dev.mmexit.explorer.report.AtomicFile;
import dev.mmexit.generate.Generator;
import dev.mmexit.generate.Plausibility;
import dev.mmexit.generate.Size;
import dev.mmexit.scenario.format.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes every scenario up to a size. */
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    abbreviateSynopsis = true,
    header = "Write every scenario up to a size, each once.",
    description = {
      "",
      "A size is THREADSxOPERATIONS, then perhaps bounds, as in '2x1 groups=1': so many",
      "threads of at most so many operations each. Scenarios that differ by the names of",
      "objects or by the order of threads alone are one. The same size always gives the",
      "same scenarios with the same names, smaller ones first.",
      ""
    },
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:They are written.",
      "2:The command line could not be understood, or a file could not be written."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  mmexit generate --size 2x1 --count",
      "      how many there are with two threads of one operation each",
      "  mmexit generate --size 2x1 --output generated",
      "      a file for each, in a directory",
      "  mmexit generate --size '2x2 groups=1 processes=1' --operations core,munmap,fault",
      "      all on the standard output",
      "  mmexit generate --size 2x1 --number 64 --output .",
      "      one of them, to replay what a sweep found",
      "  mmexit check --generated 2x1",
      "      explore them all"
    })
final class GenerateCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = "--size",
      paramLabel = "SIZE",
      required = true,
      description = "How large scenarios are at most, as 2x1 or '2x1 groups=1'.")
  private String size = "";

  @Mixin private GenerateOptions generate = new GenerateOptions();

  @Option(names = "--count", description = "Say how many there are, and write none.")
  private boolean count;

  @Option(
      names = "--number",
      paramLabel = "N",
      converter = Converters.ScenarioNumber.class,
      description = "Write the Nth only.")
  private @Nullable Long number;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = {
        "Write a file NAME.litmus for each into this directory, each",
        "whole or not at all (default: the standard output)."
      })
  private @Nullable Path output;

  GenerateCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Size parsed = generate.size("--size", size);
    Plausibility plausibility = generate.plausibility();
    if (count) {
      if (output != null || number != null) {
        throw new UserError(
            "--count writes no scenario: it goes with neither --output nor --number");
      }
      session.out().println(Generator.count(parsed, plausibility));
      return ExitStatus.OK;
    }
    Path directory = output == null ? null : directory(output);
    try (Stream<Scenario> all = Generator.scenarios(parsed, plausibility)) {
      Iterator<Scenario> scenarios = number == null ? all.iterator() : only(number, all);
      if (number != null && !scenarios.hasNext()) {
        throw new UserError(
            "there is no scenario "
                + number
                + " of this size: there are "
                + Generator.count(parsed, plausibility));
      }
      return write(scenarios, directory);
    }
  }

  private static Iterator<Scenario> only(long number, Stream<Scenario> all) {
    return all.skip(number - 1).limit(1).iterator();
  }

  private static Path directory(Path directory) {
    if (Files.exists(directory) && !Files.isDirectory(directory)) {
      throw new UserError("cannot write to " + directory + ": it is not a directory");
    }
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UserError("cannot make the directory " + directory + ": " + Problems.of(e), e);
    }
    if (!Files.isWritable(directory)) {
      throw new UserError("cannot write to " + directory + ": permission denied");
    }
    return directory;
  }

  private int write(Iterator<Scenario> scenarios, @Nullable Path directory) {
    for (boolean first = true; scenarios.hasNext(); first = false) {
      Scenario scenario = scenarios.next();
      if (directory != null) {
        write(scenario, directory.resolve(scenario.name() + ".litmus"));
        continue;
      }
      session.out().print((first ? "" : "\n") + scenario.sourceText());
      if (session.out().checkError()) {
        return ExitStatus.OK; // Nobody reads on; the program says so if that is wrong.
      }
    }
    return ExitStatus.OK;
  }

  private static void write(Scenario scenario, Path file) {
    try {
      AtomicFile.write(file, writer -> writer.write(scenario.sourceText()));
    } catch (IOException e) {
      throw new UserError("cannot write " + file + ": " + Problems.of(e), e);
    }
  }
}
