package dev.mmexit.cli;

import dev.mmexit.explorer.report.AtomicFile;
import dev.mmexit.explorer.report.Style;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Write to FILE instead, whole or not at all.")
  private @Nullable Path output;

  @Option(
      names = "--color",
      paramLabel = "auto|always|never",
      defaultValue = "auto",
      converter = Converters.Color.class,
      description = {
        "Colour text (default: ${DEFAULT-VALUE}: on a terminal,",
        "unless NO_COLOR is set)."
      })
  private ColorMode color = ColorMode.AUTO;

  @Option(
      names = "--quiet",
      description = "No progress; in text, nothing about what is as expected.")
  private boolean quiet;

  boolean json() {
    return format == OutputFormat.JSON;
  }

  OutputFormat format() {
    return format;
  }

  boolean quiet() {
    return quiet;
  }

  boolean toFile() {
    return output != null;
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
    if (output == null) {
      return;
    }
    if (output.toString().isEmpty()) {
      throw new UserError("--output needs the name of a file");
    }
    if (Files.isDirectory(output)) {
      throw new UserError("cannot write " + output + ": it is a directory");
    }
    Path replaced = AtomicFile.isReplaced(output) ? output.toAbsolutePath().getParent() : output;
    if (replaced != null && !Files.exists(replaced)) {
      throw new UserError("cannot write " + output + ": there is no directory " + replaced);
    }
    if (replaced != null && !Files.isWritable(replaced)) {
      throw new UserError("cannot write " + output + ": permission denied");
    }
  }

  /** How to stress words. */
  Style style(Environment environment) {
    return new Style(
        switch (color) {
          case ALWAYS -> true;
          case NEVER -> false;
          case AUTO -> output == null && environment.colorsByDefault();
        });
  }

  /** Writes all that the command has to say. */
  void write(PrintWriter out, AtomicFile.Content content) {
    try {
      if (output == null) {
        content.writeTo(out);
        out.flush();
      } else {
        AtomicFile.write(output, content);
      }
    } catch (IOException e) {
      String file = output == null ? "the output" : output.toString();
      throw new UserError("cannot write " + file + ": " + Problems.of(e));
    }
  }
}
