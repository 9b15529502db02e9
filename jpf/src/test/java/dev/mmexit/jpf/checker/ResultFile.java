package dev.mmexit.jpf.checker;

import dev.mmexit.kernel.FindingKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What Java PathFinder says about each scenario, for the table of the engines: a row for each in
 * CSV. The executions to the first finding are states here.
 */
final class ResultFile {
  private static final String HEADER =
      "scenario,engine,verdict,executionsToFirst,complete,seconds,note,states\n";

  private final SortedMap<String, String> rows = new TreeMap<>();

  /** Adds a row. */
  void add(String scenario, Verdict verdict) {
    String kinds =
        Arrays.stream(FindingKind.values())
            .map(FindingKind::label)
            .filter(verdict.findings()::containsKey)
            .collect(Collectors.joining(" "));
    rows.put(
        scenario,
        String.format(
            Locale.ROOT,
            "%s,jpf,%s,%s,%s,%.1f,\"%d explorations with %d places of contention\",%d%n",
            scenario,
            kinds.isEmpty() ? "clean" : kinds,
            verdict.statesToFirst() == 0 ? "" : verdict.statesToFirst(),
            verdict.complete(),
            verdict.seconds(),
            verdict.explorations(),
            verdict.places(),
            verdict.states()));
  }

  /** Writes the file, whole or not at all. */
  void write(Path file) throws IOException {
    Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
    Path part = Files.createTempFile(folder, "results", ".part");
    Files.writeString(part, HEADER + String.join("", rows.values()));
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}
