package dev.mmexit.cli;

import dev.mmexit.explorer.report.JsonReport;
import dev.mmexit.explorer.result.CheckResult;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads results that {@code check} stored. */
final class StoredResult {
  private StoredResult() {}

  /** The result in {@code file}, or a sentence that says why there is none. */
  static CheckResult read(Path file) {
    if (Files.isDirectory(file)) {
      throw new UserError("cannot read " + file + ": it is a directory");
    }
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      return JsonReport.read(reader);
    } catch (CharacterCodingException e) {
      throw new UserError("cannot read " + file + ": it is no text in UTF-8", e);
    } catch (IOException e) {
      throw new UserError("cannot read " + file + ": " + Problems.of(e), e);
    } catch (OutOfMemoryError e) {
      throw new UserError("cannot read " + file + ": it is too large; give Java a larger heap");
    }
  }
}
