package dev.mmexit.explorer.report;

import dev.mmexit.explorer.MemoryModel;
import dev.mmexit.explorer.result.ScenarioResult;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The command that replays a schedule, quoted for a shell. */
public final class ReplayCommand {
  private ReplayCommand() {}

  /**
   * The command.
   *
   * @param memory what {@code --memory} said when the schedule was found; null where nothing
   */
  public static String of(ScenarioResult result, @Nullable MemoryModel memory, String schedule) {
    return of(result.file(), result.variant(), memory, schedule);
  }

  /** The command for a scenario of that file on that variant. */
  static String of(String file, String variant, @Nullable MemoryModel memory, String schedule) {
    List<String> words = new ArrayList<>(List.of("mmexit", "replay"));
    words.add(file.startsWith("-") ? "./" + file : file);
    words.addAll(List.of("--variant", variant));
    if (memory != null) {
      words.addAll(List.of("--memory", memory.label()));
    }
    words.addAll(List.of("--schedule", schedule));
    return quoted(words);
  }

  /** A command of these words. */
  static String quoted(List<String> words) {
    return words.stream().map(ReplayCommand::quote).collect(Collectors.joining(" "));
  }

  private static String quote(String word) {
    return word.matches("[A-Za-z0-9_./:=@%+,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
