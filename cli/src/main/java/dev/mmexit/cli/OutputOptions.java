package dev.mmexit.cli;

import dev.mmexit.explorer.report.AtomicFile;
import dev.mmexit.explorer.report.Style;
import java.io.PrintWriter;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say what is printed, and where. */
final class OutputOptions {
  @Option(
      names = "--format",
      paramLabel = "text|json",
      defaultValue = "text",
      description = "What to print (default: ${DEFAULT-VALUE}).")
  private String formatName = "text";

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
    EnumSet<OutputFormat> formats = EnumSet.of(OutputFormat.TEXT, OutputFormat.JSON);
    formats.addAll(List.of(more));
    format =
        formats.stream()
            .filter(known -> known.word().equals(formatName))
            .findFirst()
            .orElseThrow(
                () ->
                    new UserError(
                        "invalid value for option '--format': expected one of "
                            + formats.stream()
                                .map(OutputFormat::word)
                                .collect(Collectors.joining(", "))
                            + ", not '"
                            + formatName
                            + "'"));
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
