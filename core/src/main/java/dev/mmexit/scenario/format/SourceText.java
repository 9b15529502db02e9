package dev.mmexit.scenario.format;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** From the bytes of a file to its text, where it is one. */
final class SourceText {
  /** The largest file that is read, in bytes. */
  static final int LIMIT = 1 << 20;

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private SourceText() {}

  /** The text; null, with the reason reported, if the bytes are no text of a permitted size. */
  static @Nullable String decode(byte[] bytes, Diagnostics diagnostics) {
    if (bytes.length > LIMIT) {
      diagnostics.add(
          Position.START,
          "the file is larger than 1 MiB, expected a scenario of at most that size");
      return null;
    }
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length + 1);
    CoderResult result = decoder.decode(in, out, true);
    String text = withoutMark(out.flip().toString());
    int nul = text.indexOf('\0');
    if (nul >= 0) {
      diagnostics.add(
          endOf(text.substring(0, nul)),
          "the file is binary: it holds a NUL byte, expected a scenario as text");
      return null;
    }
    if (result.isError()) {
      int bad = bytes[in.position()] & 0xff;
      diagnostics.add(
          endOf(text), String.format("byte 0x%02x is not UTF-8, expected text in UTF-8", bad));
      return null;
    }
    return text;
  }

  private static String withoutMark(String text) {
    return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
  }

  /** The position right after a text. */
  private static Position endOf(String text) {
    int lastLine = text.lastIndexOf('\n') + 1;
    int line = 1 + (int) text.chars().filter(c -> c == '\n').count();
    return new Position(line, 1 + text.codePointCount(lastLine, text.length()));
  }
}
