package dev.mmexit.reproduce.read;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is in a log.
 *
 * @param lines how many lines it has
 * @param skipped how many of them belong to no report
 * @param reports how many reports there are
 * @param chosen the report that was asked for; null where there is none
 * @param number its number, from 1; 0 where there is none
 * @param others what other reports there are, a line each; not all of them where there are many
 * @param unread what looks like a report of a kind that is not read, a line each, likewise
 * @param binaryLine the first line with a byte that no text has; 0 where there is none
 * @param compressed whether it is packed
 */
public record Log(
    int lines,
    int skipped,
    int reports,
    @Nullable RaceReport chosen,
    int number,
    List<Mention> others,
    List<Mention> unread,
    int binaryLine,
    boolean compressed) {

  /**
   * A report that is only mentioned.
   *
   * @param line where it begins
   * @param text the line that it begins with
   */
  public record Mention(int line, String text) {}

  public Log {
    others = List.copyOf(others);
    unread = List.copyOf(unread);
  }
}
