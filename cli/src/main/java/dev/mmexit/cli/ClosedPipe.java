package dev.mmexit.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Nobody reads what is written any more, as in {@code mmexit check scenarios | head}: there is
 * nothing left to do.
 */
final class ClosedPipe extends RuntimeException {
  /** The exit status of a program that dies of that. */
  static final int STATUS = 128 + 13;

  private static final long serialVersionUID = 1L;

  private ClosedPipe(IOException cause) {
    super(cause);
  }

  /** A stream into a pipe: all that can fail there is that it is closed at the other end. */
  static OutputStream guard(OutputStream pipe) {
    return new FilterOutputStream(pipe) {
      @Override
      public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int from, int count) {
        try {
          out.write(bytes, from, count);
        } catch (IOException closed) {
          throw new ClosedPipe(closed);
        }
      }
    };
  }
}
