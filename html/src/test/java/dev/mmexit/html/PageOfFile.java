package dev.mmexit.html;

import dev.mmexit.explorer.report.JsonReport;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes the page of a stored result, for looking at it. */
final class PageOfFile {
  private PageOfFile() {}

  public static void main(String[] arguments) throws Exception {
    try (Reader reader = Files.newBufferedReader(Path.of(arguments[0]));
        Writer writer = Files.newBufferedWriter(Path.of(arguments[1]))) {
      HtmlReport.write(JsonReport.read(reader), writer);
    }
  }
}
