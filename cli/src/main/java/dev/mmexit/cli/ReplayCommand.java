package dev.mmexit.cli;

import dev.mmexit.explorer.LoadedScenario;
import dev.mmexit.explorer.ReplayOutcome;
import dev.mmexit.explorer.report.JsonReport;
import dev.mmexit.explorer.report.ReplayText;
import dev.mmexit.explorer.result.ReplayResult;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs one scenario under one schedule. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    abbreviateSynopsis = true,
    header = "Run one scenario under one schedule and print the interleaving.",
    description = {
      "",
      "The schedule is the line that check prints after 'schedule:'. It fits the",
      "scenario and the variant that it was found with. A replay is one run: the",
      "bounds, --workers and --no-reduction change nothing in it.",
      ""
    },
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:The schedule fits, and nothing was found.",
      "1:The schedule fits, and shows a finding, expected by the scenario or not.",
      "2:The command line, the file or the schedule could not be understood, or the program"
          + " failed.",
      "4:The schedule does not fit the scenario or the variant."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  mmexit replay scenarios/exit-vs-detach.litmus --schedule 'SCHEDULE'",
      "      the interleaving again, where SCHEDULE is what check printed",
      "  mmexit replay scenarios/exit-vs-detach.litmus --schedule @deadlock.txt",
      "      the same, with the schedule in a file",
      "  mmexit replay race.litmus --variant v2 --schedule @race.txt --format json",
      "      for tools: one JSON document"
    })
final class ReplayCommand implements Callable<Integer> {
  private static final String PREFIX = "schedule:";

  private final Session session;

  @Parameters(paramLabel = "FILE", arity = "1", description = "The scenario.")
  private Path file = Path.of("");

  @Option(
      names = "--schedule",
      required = true,
      paramLabel = "S|@FILE",
      description = "The schedule, or the file that it is in.")
  private String schedule = "";

  @Mixin private ExploreOptions explore = new ExploreOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  ReplayCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    explore.validate(session.checker());
    output.validate();
    if (Files.isDirectory(file)) {
      throw new UserError(file + " is a directory; replay takes one scenario");
    }
    String text = scheduleText();
    Optional<List<LoadedScenario>> scenarios =
        new ScenarioLoader(session, explore).load(List.of(file));
    if (scenarios.isEmpty()) {
      return ExitStatus.USAGE;
    }
    ReplayOutcome outcome =
        session.checker().replay(scenarios.get().get(0), explore.variant(), text);
    if (outcome instanceof ReplayOutcome.Malformed malformed) {
      throw new UserError("the schedule cannot be read: " + malformed.reason());
    }
    if (outcome instanceof ReplayOutcome.Mismatch mismatch) {
      session.err().println("mmexit replay: " + sentence(mismatch));
      return ExitStatus.SCHEDULE;
    }
    return print(((ReplayOutcome.Replayed) outcome).result());
  }

  private int print(ReplayResult result) {
    ReplayText text = new ReplayText(output.style(session.environment()));
    output.write(
        session.out(),
        writer -> {
          if (output.json()) {
            JsonReport.write(result, writer);
          } else {
            writer.write(output.quiet() ? text.outcome(result) : text.of(result));
          }
        });
    return result.findings().isEmpty() ? ExitStatus.OK : ExitStatus.UNEXPECTED;
  }

  private String scheduleText() {
    String text = schedule;
    if (schedule.startsWith("@")) {
      Path source = Path.of(schedule.substring(1));
      try {
        text = Files.readString(source);
      } catch (MalformedInputException e) {
        throw new UserError("cannot read the schedule " + source + ": it is no text", e);
      } catch (IOException e) {
        throw new UserError("cannot read the schedule " + source + ": " + Problems.of(e), e);
      }
    }
    text = text.strip();
    if (text.startsWith(PREFIX)) {
      text = text.substring(PREFIX.length()).strip();
    }
    if (text.isEmpty()) {
      throw new UserError("the schedule is empty");
    }
    return text;
  }

  private static String sentence(ReplayOutcome.Mismatch mismatch) {
    String runnable =
        mismatch.runnable().isEmpty()
            ? "no thread could run there"
            : "threads that could run there: " + String.join(", ", mismatch.runnable());
    return String.format(
        "step %d of the schedule runs %s, but %s; %s",
        mismatch.step(), mismatch.thread(), mismatch.reason(), runnable);
  }
}
