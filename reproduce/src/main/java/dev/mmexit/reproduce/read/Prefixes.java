package dev.mmexit.reproduce.read;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes away what stands before the kernel's own words: quoting, dates, hosts, levels, callers. */
final class Prefixes {
  private static final Pattern QUOTES = Pattern.compile("\\G\\s{0,3}>\\s?");
  private static final Pattern CALLER = Pattern.compile("\\G\\s?\\[\\s*([TC]\\d+)] ?");
  private static final List<Pattern> OTHERS =
      List.of(
          // Syslog, and the journal.
          Pattern.compile(
              "\\G[A-Z][a-z]{2}\\s{1,2}\\d{1,2} \\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)? \\S+ kernel(?:\\[\\d+])?:"
                  + " ?"),
          Pattern.compile(
              "\\G\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d\\S* \\S+ kernel(?:\\[\\d+])?: ?"),
          // dmesg --decode.
          Pattern.compile("\\Gkern\\s*:\\s*[a-z]+\\s*: ?"),
          Pattern.compile("\\Gkernel: ?"),
          // The level, as the console has it.
          Pattern.compile("\\G<\\d{1,3}>"),
          // Seconds since boot; the date, as dmesg -T has it.
          Pattern.compile("\\G\\[\\s*\\d+\\.\\d+] ?"),
          Pattern.compile(
              "\\G\\[[A-Z][a-z]{2} [A-Z][a-z]{2}\\s+\\d+ \\d\\d:\\d\\d:\\d\\d \\d{4}] ?"));

  private Prefixes() {}

  /** The line {@code raw} without them. */
  static LogLine strip(int number, String raw) {
    int at = skip(QUOTES, raw, 0);
    String caller = "";
    for (int before = -1; before != at && mayFollow(raw, at); ) {
      before = at;
      for (Pattern pattern : OTHERS) {
        Matcher matcher = pattern.matcher(raw).region(at, raw.length());
        if (matcher.lookingAt()) {
          at = matcher.end();
        }
      }
      Matcher matcher = CALLER.matcher(raw).region(at, raw.length());
      if (matcher.lookingAt()) {
        caller = matcher.group(1);
        at = matcher.end();
      }
    }
    return new LogLine(number, caller, raw.substring(at).stripTrailing());
  }

  /** A quick look: most lines of a log begin otherwise. */
  private static boolean mayFollow(String raw, int at) {
    if (at >= raw.length()) {
      return false;
    }
    char first = raw.charAt(at);
    return "[<k ".indexOf(first) >= 0
        || Character.isDigit(first)
        || (Character.isUpperCase(first) && raw.startsWith(" ", at + 3));
  }

  private static int skip(Pattern pattern, String raw, int from) {
    int at = from;
    Matcher matcher = pattern.matcher(raw);
    while (matcher.region(at, raw.length()).lookingAt()) {
      at = matcher.end();
    }
    return at;
  }
}
