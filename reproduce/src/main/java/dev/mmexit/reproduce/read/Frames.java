package dev.mmexit.reproduce.read;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Recognises the lines of a call trace. */
final class Frames {
  private static final String ADDRESS = "(?:\\[<(?:0x)?[0-9a-f]+>] ?)?";
  private static final String NAME = "(?<name>[A-Za-z_][\\w.$]*)";

  /** {@code +0x1a/0x2b}, or what a decoder of addresses has made of it: file and line. */
  private static final String WHERE =
      "(?:\\+0x[0-9a-f]+(?:/(?:0x[0-9a-f]+)?)?| \\(?[\\w./+-]+\\.[chS]:\\d+)";

  private static final Pattern FRAME =
      Pattern.compile(
          "\\s*(?:#\\d+:?\\s+)?"
              + ADDRESS
              + "(?<unsure>\\? )?"
              + ADDRESS
              + NAME
              + WHERE
              + "\\S*(?:\\s.*)?");

  /** Where the processor was. */
  private static final Pattern COUNTER =
      Pattern.compile(
          "\\s*(?:RIP: \\d+:|RIP: +|EIP: (?:is at )?|pc : |PC is at |epc : )"
              + ADDRESS
              + NAME
              + WHERE
              + "\\S*(?:\\s.*)?");

  /** What is left of a frame where a mailer has broken it: the module, or the end of an offset. */
  private static final Pattern TAIL =
      Pattern.compile("\\s*(?:(?:0x)?[0-9a-f]+\\s*)?\\[[\\w-]+]|\\s*0x[0-9a-f]+");

  /** What compilers put behind the name of a function. */
  private static final Pattern SUFFIX =
      Pattern.compile(
          "\\.(?:isra|constprop|part|cold|llvm|cfi_jt|cfi|lto_priv|localalias|plt)\\b.*");

  private Frames() {}

  /** The frame in a line, if it is one. */
  static Optional<Frame> of(String line) {
    Matcher matcher = FRAME.matcher(line);
    return matcher.matches()
        ? Optional.of(frame(matcher.group("name"), matcher.group("unsure")))
        : Optional.empty();
  }

  /** The function that the processor was in, where a line says it. */
  static Optional<Frame> counter(String line) {
    Matcher matcher = COUNTER.matcher(line);
    return matcher.matches() ? Optional.of(frame(matcher.group("name"), null)) : Optional.empty();
  }

  /** Whether a line is the end of the frame in the line before. */
  static boolean isTail(String line) {
    return TAIL.matcher(line).matches();
  }

  /** The name of a function without what the compiler added to it. */
  static String name(String symbol) {
    return SUFFIX.matcher(symbol).replaceFirst("");
  }

  private static Frame frame(String symbol, @Nullable String unsure) {
    return new Frame(name(symbol), unsure == null);
  }
}
