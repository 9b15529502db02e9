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

  /** Java tells of the standard streams together only; Linux tells of each. */
  private static boolean isTerminal(int descriptor) {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.equals("/dev/console");
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
