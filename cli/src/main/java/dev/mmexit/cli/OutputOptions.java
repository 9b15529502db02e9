package dev.mmexit.cli;

import dev.mmexit.explorer.report.AtomicFile;
import dev.mmexit.explorer.report.Style;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say what is printed, and where. */
final class OutputOptions {
  @Option(
      names = "--format",
      paramLabel = "text|json",
      defaultValue = "text",
      converter = Converters.Format.class,
      description = "What to print (default: ${DEFAULT-VALUE}).")
  private OutputFormat format = OutputFormat.TEXT;

  @Mixin private FileOptions file = new FileOptions();

  boolean json() {
    return format == OutputFormat.JSON;
  }

  OutputFormat format() {
    return format;
  }

  boolean quiet() {
    return file.quiet();
  }

  boolean toFile() {
    return file.toFile();
  }

  /**
   * Refuses a format that the command does not have, and a file that could not be written later on.
   *
   * @param more the formats that it has besides text and JSON
   */
  void validate(OutputFormat... more) {
    if (format == OutputFormat.DOT && !List.of(more).contains(format)) {
      throw new UserError("--format dot is for lockdep; expected text or json");
    }
    file.validate();
  }

  /** How to stress words. */
  Style style(Environment environment) {
    return file.style(environment);
  }

  /** Writes all that the command has to say. */
  void write(PrintWriter out, AtomicFile.Content content) {
    file.write(out, content);
  }
}
