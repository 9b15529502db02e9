package dev.mmexit.cli;

import dev.mmexit.explorer.CheckerFacade;
import dev.mmexit.explorer.ModelChecker;
import dev.mmexit.explorer.render.Renderers;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;

/** The program {@code mmexit}. */
public final class Main {
  private static final int WIDTH = 100;

  private Main() {}

  /** Runs the program and ends the process with its exit status. */
  public static void main(String[] args) {
    OutputStream standard = new FileOutputStream(FileDescriptor.out);
    PrintWriter out = writer(Environment.outIsPipe() ? ClosedPipe.guard(standard) : standard);
    PrintWriter err = writer(new FileOutputStream(FileDescriptor.err));
    CheckerFacade checker = new ModelChecker(Version.tool());
    System.exit(run(args, out, err, Environment.ofProcess(), checker));
  }

  /**
   * Runs the program.
   *
   * @return the exit status
   */
  public static int run(
      String[] args,
      PrintWriter out,
      PrintWriter err,
      Environment environment,
      CheckerFacade checker) {
    return run(args, new Session(out, err, environment, checker, Renderers.all()));
  }

  /** Runs the program with what {@code session} has. */
  static int run(String[] args, Session session) {
    PrintWriter out = session.out();
    PrintWriter err = session.err();
    MmexitCommand mmexit = new MmexitCommand();
    CommandLine command = commandLine(mmexit, session);
    int status;
    try {
      status = command.execute(args);
    } catch (OutOfMemoryError | StackOverflowError e) {
      status = Failures.ofExecution(e, "mmexit", mmexit.stacktrace(), err);
    }
    try {
      if (out.checkError() && status == ExitStatus.OK) {
        err.println("mmexit: the output could not be written");
        status = ExitStatus.USAGE;
      }
    } catch (ClosedPipe closed) {
      status = ClosedPipe.STATUS;
    }
    err.flush();
    return status;
  }

  private static CommandLine commandLine(MmexitCommand mmexit, Session session) {
    CommandLine command =
        new CommandLine(mmexit)
            .addSubcommand(new CheckCommand(session))
            .addSubcommand(new ReplayCommand(session))
            .addSubcommand(new ReproduceCommand(session))
            .addSubcommand(new LockdepCommand(session))
            .addSubcommand(new CompareCommand(session))
            .addSubcommand(new GenerateCommand(session))
            .addSubcommand(new RenderCommand(session))
            .addSubcommand(new VariantsCommand(session))
            .addSubcommand(new PropertiesCommand(session))
            .addSubcommand(new OperationsCommand(session))
            .addSubcommand(new CompletionCommand(session))
            .addSubcommand(new HelpCommand());
    Ansi ansi = session.environment().colorsByDefault() ? Ansi.ON : Ansi.OFF;
    IParameterExceptionHandler parameters = (e, args) -> Failures.ofParameters(e, session.err());
    IExecutionExceptionHandler execution =
        (e, failed, parsed) ->
            Failures.ofExecution(
                e, failed.getCommandSpec().qualifiedName(), mmexit.stacktrace(), session.err());
    return command
        .setOut(session.out())
        .setErr(session.err())
        .setColorScheme(CommandLine.Help.defaultColorScheme(ansi))
        .setUsageHelpWidth(WIDTH)
        .setExpandAtFiles(false)
        .setParameterExceptionHandler(parameters)
        .setExecutionExceptionHandler(execution);
  }

  private static PrintWriter writer(OutputStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), false);
  }
}
