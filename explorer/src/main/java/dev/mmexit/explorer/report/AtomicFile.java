package dev.mmexit.explorer.report;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes a file whole or not at all: a reader sees the old content or the new, never a part. */
public final class AtomicFile {

  /** Writes the content of a file. */
  @FunctionalInterface
  public interface Content {
    /** Writes all of it to {@code writer}, which is closed afterwards. */
    void writeTo(Writer writer) throws IOException;
  }

  private AtomicFile() {}

  /**
   * Writes {@code content} beside {@code file}, then moves it there. What is no regular file, such
   * as {@code /dev/null} or a pipe, is written to as it is.
   */
  public static void write(Path file, Content content) throws IOException {
    if (!isReplaced(file)) {
      try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
        content.writeTo(writer);
      }
      return;
    }
    Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    Path temporary =
        target.resolveSibling(
            "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
    temporary.toFile().deleteOnExit(); // for a signal, which skips the finally below
    try {
      try (BufferedWriter writer =
          Files.newBufferedWriter(
              temporary,
              StandardCharsets.UTF_8,
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.WRITE)) {
        content.writeTo(writer);
      }
      move(temporary, target);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /**
   * Whether {@link #write} puts a new file in the place of {@code file}, rather than write to it as
   * it is.
   */
  public static boolean isReplaced(Path file) {
    return !Files.exists(file) || Files.isRegularFile(file);
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
