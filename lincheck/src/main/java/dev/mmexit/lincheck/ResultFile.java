package dev.mmexit.lincheck;

import dev.mmexit.kernel.FindingKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What Lincheck says about each scenario, for the table of the engines: a row for each in CSV,
 * {@code scenario,engine,verdict,executionsToFirst,complete,seconds,note}.
 */
public final class ResultFile {
  private static final String HEADER =
      "scenario,engine,verdict,executionsToFirst,complete,seconds,note\n";

  private final SortedMap<String, String> rows = new TreeMap<>();

  /**
   * Adds a row.
   *
   * @param note why it is not complete, or what else there is to say; without quotes
   */
  public void add(String scenario, Verdict verdict, String note) {
    String kinds =
        verdict.findings().keySet().stream()
            .map(FindingKind::label)
            .collect(Collectors.joining(" "));
    rows.put(
        scenario,
        String.format(
            Locale.ROOT,
            "%s,lincheck,%s,%s,%s,%.1f,\"%s\"%n",
            scenario,
            kinds.isEmpty() ? "clean" : kinds,
            verdict.toFirst() == 0 ? "" : verdict.toFirst(),
            verdict.complete(),
            verdict.seconds(),
            note));
  }

  /** Writes the file, whole or not at all. */
  public void write(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException(file + " is no file");
    }
    Files.createDirectories(folder);
    Path part = Files.createTempFile(folder, "results", ".part");
    Files.writeString(part, HEADER + String.join("", rows.values()));
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}
