package dev.mmexit.explorer.report;

import java.util.List;
import java.util.stream.Collectors;

/** The command that replays a schedule, quoted for a shell. */
final class ReplayCommand {
  private ReplayCommand() {}

  static String of(String file, String variant, String schedule) {
    String safeFile = file.startsWith("-") ? "./" + file : file;
    return List.of("mmexit", "replay", safeFile, "--variant", variant, "--schedule", schedule)
        .stream()
        .map(ReplayCommand::quote)
        .collect(Collectors.joining(" "));
  }

  private static String quote(String word) {
    return word.matches("[A-Za-z0-9_./:=@%+,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
