package dev.mmexit.reproduce.read;

import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts lines together again that a mailer has broken. A line is known to be broken where it begins
 * as one of the kernel's does and lacks its end; the next ones are then its rest.
 */
final class Joiner {
  private static final int MOST = 3;

  /** How a line begins, and what it has when it is whole. */
  private record Shape(Pattern begin, Pattern whole) {
    Shape(String begin, String whole) {
      this(Pattern.compile(begin), Pattern.compile(whole));
    }
  }

  private static final List<Shape> SHAPES =
      List.of(
          new Shape("INFO: task ", "blocked .*seconds"),
          new Shape("BUG: KASAN: ", " in \\S+"),
          new Shape("BUG: KCSAN: ", " in \\S+(?: / \\S+)?$"),
          new Shape("(?:Read|Write|Read/Write) of size ", "by task \\S+"),
          new Shape("(?:read|write|read-write)(?: \\(\\w+\\))? to ", "on cpu \\d+:"),
          new Shape("(?:Allocated|Freed) by task", ":$"),
          new Shape("(?:WARNING|INFO|\\[ INFO): possible ", "detected"),
          new Shape("WARNING: held ", "freed"),
          new Shape("WARNING: bad ", "detected"),
          new Shape("BUG: sleeping function ", " at \\S+"),
          new Shape("WARNING: CPU: ", " at \\S+:\\d+ \\S+"),
          new Shape(
              "BUG: unable to handle ", "(?:at(?: virtual address)?|address:?) \\(?[0-9a-f(]"),
          new Shape("(?i)general protection fault", "\\[#\\d+]"),
          new Shape("-> #\\d+ \\(", ":$"),
          new Shape("#\\d+: ", " at: \\S"),
          new Shape("(?:[0-9a-f]+ )?\\(&?[\\w>./-]+(?:[/#*\\w()]*)\\)\\{", " at: \\S"),
          new Shape("\\d+ locks? held by ", "/\\d+"),
          new Shape("\\S+/\\d+ is trying to", "lock:$"),
          new Shape("task:", "pid:\\s*\\d+"),
          new Shape("RIP: \\d+:$", "\\+0x"));

  /** How those begin that do not begin with the name of a task. */
  private static final String BEGINNINGS = "IBRWrwAF[gG-#(t0123456789abcdef";

  private final Consumer<LogLine> sink;
  private @Nullable LogLine pending;

  /** A joiner that hands whole lines on. */
  Joiner(Consumer<LogLine> sink) {
    this.sink = sink;
  }

  /** Takes the next line. */
  void accept(LogLine line) {
    LogLine before = pending;
    if (before == null) {
      hold(line);
      return;
    }
    boolean frame = Frames.of(line.text()).isPresent() && !endsAsName(before.text());
    if (line.text().isBlank() || Headline.begins(line.text()) || frame) {
      flush();
      hold(line);
      return;
    }
    pending = null;
    hold(
        new LogLine(
            before.number(),
            line.number(),
            before.caller(),
            before.text() + " " + line.text().strip()));
  }

  /** Hands on what is left. */
  void flush() {
    if (pending != null) {
      LogLine line = pending;
      pending = null;
      sink.accept(line);
    }
  }

  private void hold(LogLine line) {
    if (line.last() - line.number() < MOST && isBroken(line.text().stripLeading())) {
      pending = line;
    } else {
      sink.accept(line);
    }
  }

  /** Whether what is still to come is a function with its offset, as a frame would be. */
  private static boolean endsAsName(String text) {
    return text.endsWith(":") || text.endsWith(" in") || text.endsWith("/") || text.endsWith("at:");
  }

  private static boolean isBroken(String text) {
    boolean mayBegin = !text.isEmpty() && BEGINNINGS.indexOf(text.charAt(0)) >= 0;
    if (!mayBegin && !text.contains(" is trying to")) {
      return false;
    }
    for (Shape shape : SHAPES) {
      if (shape.begin().matcher(text).lookingAt()) {
        return !shape.whole().matcher(text).find();
      }
    }
    return false;
  }
}
