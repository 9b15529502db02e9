package dev.mmexit.explorer.replay;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A schedule as one line: a version, a hash of the scenario and variant that it belongs to, and the
 * contexts that take the steps, run-length coded: {@code v1:0a1b2c3d:T0*57,T1*3,kworker/0*2}. A
 * step is one operation of a primitive or one access to memory, whatever the search skipped. In
 * {@code T0!} a call that fault injection may have fail does fail; in {@code T0} it succeeds.
 */
public record ScheduleText(String world, List<String> names) {
  private static final String VERSION = "v1";
  private static final int HASH_BYTES = 4;
  private static final Pattern RUN =
      Pattern.compile("([A-Za-z_][A-Za-z0-9_/]*!?)(?:\\*([1-9][0-9]{0,5}))?");

  public ScheduleText {
    names = List.copyOf(names);
  }

  /** What stands for a scenario and a variant: schedules made for others do not fit. */
  public static String worldHash(String scenarioText, String variant) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(variant.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      digest.update(scenarioText.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest(), 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  /** The text could not be read. */
  public static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String sentence) {
      super(sentence);
    }
  }

  /** Reads a schedule. */
  public static ScheduleText parse(String text) throws Malformed {
    String[] parts = text.strip().split(":", -1);
    if (parts.length != 3) {
      throw new Malformed(
          "a schedule has three parts, VERSION:HASH:STEPS, such as v1:0a1b2c3d:T0*5,T1*3; this has "
              + parts.length);
    }
    if (!parts[0].equals(VERSION)) {
      throw new Malformed("the schedule's version is \"" + parts[0] + "\"; expected " + VERSION);
    }
    if (!parts[1].matches("[0-9a-f]{" + 2 * HASH_BYTES + "}")) {
      throw new Malformed(
          "the schedule's hash is \"" + parts[1] + "\"; expected 8 hexadecimal digits");
    }
    List<String> names = new ArrayList<>();
    if (!parts[2].isEmpty()) {
      for (String run : parts[2].split(",", -1)) {
        Matcher matcher = RUN.matcher(run);
        if (!matcher.matches()) {
          throw new Malformed(
              "\"" + run + "\" is no run of steps; expected a thread and a count, such as T0*5");
        }
        String count = matcher.group(2);
        for (int i = count == null ? 1 : Integer.parseInt(count); i > 0; i--) {
          names.add(matcher.group(1));
        }
      }
    }
    return new ScheduleText(parts[1], names);
  }

  /** The line. */
  public String text() {
    StringBuilder line = new StringBuilder(VERSION);
    line.append(':').append(world).append(':');
    for (int i = 0; i < names.size(); ) {
      int run = 1;
      while (i + run < names.size() && names.get(i + run).equals(names.get(i))) {
        run++;
      }
      if (i > 0) {
        line.append(',');
      }
      line.append(names.get(i));
      if (run > 1) {
        line.append('*').append(run);
      }
      i += run;
    }
    return line.toString();
  }
}
