package dev.mmexit.cli;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is said where a command cannot do what it was asked for: one sentence, and status 2. */
final class Failures {
  private Failures() {}

  /** Says what is wrong with the command line. */
  static int ofParameters(ParameterException e, PrintWriter err) {
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    err.println(name + ": " + sentence(e) + " (see '" + name + " --help')");
    return ExitStatus.USAGE;
  }

  /** Says what went wrong, and for a fault of the program itself how to report it. */
  static int ofExecution(Throwable e, String command, boolean stacktrace, PrintWriter err) {
    if (e instanceof ClosedPipe) {
      return ClosedPipe.STATUS;
    }
    if (e instanceof UserError) {
      err.println(command + ": " + e.getMessage());
    } else if (e instanceof OutOfMemoryError) {
      err.println(
          command
              + ": out of memory: bound the search with --preemptions or --max-executions, or give"
              + " Java a larger heap");
    } else {
      err.println(
          command
              + ": internal error: "
              + e
              + (stacktrace
                  ? ""
                  : "; please report it, with what 'mmexit --stacktrace ...' prints and the"
                      + " scenario"));
    }
    if (stacktrace) {
      e.printStackTrace(err);
    }
    return ExitStatus.USAGE;
  }

  /** The names of the sub-commands. */
  static List<String> commands(CommandLine command) {
    return List.copyOf(command.getCommandSpec().subcommands().keySet());
  }

  private static String sentence(ParameterException e) {
    if (!(e instanceof UnmatchedArgumentException unmatched)) {
      return String.valueOf(e.getMessage());
    }
    String first = unmatched.getUnmatched().get(0);
    boolean isCommand =
        !unmatched.isUnknownOption() && !e.getCommandLine().getSubcommands().isEmpty();
    String what = unmatched.isUnknownOption() ? "option" : isCommand ? "command" : "argument";
    String sentence = "there is no " + what + " '" + first + "'";
    List<String> suggestions = unmatched.getSuggestions();
    if (!suggestions.isEmpty()) {
      return sentence + "; did you mean " + String.join(" or ", suggestions) + "?";
    }
    return isCommand
        ? sentence + "; the commands are " + String.join(", ", commands(e.getCommandLine()))
        : what.equals("argument") ? "nothing is expected at '" + first + "'" : sentence;
  }
}
