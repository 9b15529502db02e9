package dev.mmexit.reproduce.read;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a log of any size, one at a time. Whatever is longer than a kernel's line is cut: a
 * file without line ends takes no more memory than one with them.
 */
final class RawLines {
  /** The longest line that is kept; the kernel prints none of more than 1024 characters. */
  static final int LONGEST = 2048;

  private static final int BUFFER = 1 << 16;
  private static final int GZIP_0 = 0x1f;
  private static final int GZIP_1 = 0x8b;

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER];
  private final byte[] line = new byte[LONGEST];
  private int from;
  private int to;
  private int number;
  private int firstBinary;
  private int cut;
  private boolean compressed;

  RawLines(InputStream in) {
    this.in = in;
  }

  /** The next line; null at the end. */
  @Nullable String next() throws IOException {
    int length = 0;
    boolean tooLong = false;
    boolean any = false;
    while (true) {
      if (from == to && !fill()) {
        break;
      }
      any = true;
      byte next = buffer[from++];
      if (next == '\n') {
        break;
      }
      if (next == 0 && firstBinary == 0) {
        firstBinary = number + 1;
      }
      if (length < LONGEST) {
        line[length++] = next;
      } else {
        tooLong = true;
      }
    }
    if (!any) {
      return null;
    }
    if (number == 0) {
      compressed = length > 1 && (line[0] & 0xff) == GZIP_0 && (line[1] & 0xff) == GZIP_1;
    }
    number++;
    cut += tooLong ? 1 : 0;
    if (length > 0 && line[length - 1] == '\r') {
      length--;
    }
    return new String(line, 0, length, StandardCharsets.UTF_8);
  }

  private boolean fill() throws IOException {
    from = 0;
    to = Math.max(0, in.read(buffer));
    return to > 0;
  }

  /** The number of lines so far. */
  int number() {
    return number;
  }

  /** The first line with a NUL byte, as no text has; 0 where there is none. */
  int firstBinary() {
    return firstBinary;
  }

  /** How many lines were cut. */
  int cut() {
    return cut;
  }

  /** Whether it begins as what gzip writes does. */
  boolean isCompressed() {
    return compressed;
  }
}
