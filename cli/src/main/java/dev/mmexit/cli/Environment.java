package dev.mmexit.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * What the program knows of where it runs.
 *
 * @param variables the environment variables
 * @param outIsTerminal whether a person sees the standard output
 * @param errIsTerminal whether a person sees the standard error
 * @param nanoTime a clock, as {@link System#nanoTime()}
 */
public record Environment(
    Map<String, String> variables,
    boolean outIsTerminal,
    boolean errIsTerminal,
    LongSupplier nanoTime) {
  public Environment {
    variables = Map.copyOf(variables);
  }

  /** That of this process. */
  static Environment ofProcess() {
    return new Environment(System.getenv(), isTerminal(1), isTerminal(2), System::nanoTime);
  }

  /** Whether to use colours where nothing is said about it: see no-color.org. */
  boolean colorsByDefault() {
    return outIsTerminal
        && variables.getOrDefault("NO_COLOR", "").isEmpty()
        && !"dumb".equals(variables.get("TERM"));
  }

  /** Whether another program reads the standard output as it is written. */
  static boolean outIsPipe() {
    String target = target(1);
    return target.startsWith("pipe:") || target.startsWith("socket:");
  }

  /** Java tells of the standard streams together only; Linux tells of each. */
  private static boolean isTerminal(int descriptor) {
    String target = target(descriptor);
    return target.startsWith("/dev/pts/")
        || target.startsWith("/dev/tty")
        || target.equals("/dev/console");
  }

  /** What a descriptor of this process leads to; empty where nobody tells. */
  private static String target(int descriptor) {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
    } catch (IOException | UnsupportedOperationException e) {
      return "";
    }
  }
}
