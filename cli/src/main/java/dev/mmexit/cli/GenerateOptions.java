package dev.mmexit.cli;

import dev.mmexit.generate.Plausibility;
import dev.mmexit.generate.Size;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which scenarios of a size are generated. */
final class GenerateOptions {
  @Option(
      names = "--any",
      description = {
        "Implausible scenarios as well: without this, only what could",
        "happen (docs/generate.md has the rules)."
      })
  private boolean any;

  @Option(
      names = "--operations",
      paramLabel = "LIST",
      description = {
        "The operations, with commas between them; 'core' and 'all'",
        "stand for several (default: core)."
      })
  private @Nullable String operations;

  boolean isGiven() {
    return any || operations != null;
  }

  Plausibility plausibility() {
    return any ? Plausibility.ANY : Plausibility.PLAUSIBLE;
  }

  /** The size that a text stands for. */
  Size size(String option, String text) {
    try {
      Size size = Size.parse(text);
      return operations == null ? size : size.using(operations);
    } catch (IllegalArgumentException e) {
      throw new UserError("invalid value for option '" + option + "': " + e.getMessage(), e);
    }
  }
}
