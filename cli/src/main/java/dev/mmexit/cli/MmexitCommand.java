package dev.mmexit.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program itself: what it does without a command. */
@Command(
    name = "mmexit",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    header = "Runs races of process exit with VFIO containers under every interleaving.",
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "",
      "A scenario says which containers, groups and processes there are, and which",
      "operations race; a check says what can come of it, and shows how."
    },
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nCommands:%n",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:Every verdict is as expected; without an expectation, there is no finding.",
      "1:A finding that was not expected, or an expected one that is missing.",
      "2:The command line, a file or a scenario could not be understood, or the program failed.",
      "3:A bound was reached before the end, and nothing was wrong up to there.",
      "4:A schedule does not fit the scenario or the variant."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  mmexit check scenarios",
      "      check every scenario below a directory",
      "  mmexit check --variant v2 scenarios/exit-vs-detach.litmus",
      "      check one, on another variant of the code",
      "  mmexit replay scenarios/exit-vs-detach.litmus --schedule 'SCHEDULE'",
      "      see one interleaving again",
      "  mmexit help check",
      "      all about one command"
    })
final class MmexitCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--stacktrace",
      hidden = true,
      description = "Where the program fails, show its stack.")
  private boolean stacktrace;

  boolean stacktrace() {
    return stacktrace;
  }

  @Override
  public Integer call() {
    if (spec == null) {
      throw new IllegalStateException("a command without its specification");
    }
    throw new ParameterException(
        spec.commandLine(),
        "a command is needed: " + String.join(", ", Failures.commands(spec.commandLine())));
  }
}
