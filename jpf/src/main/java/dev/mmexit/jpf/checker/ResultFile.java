package dev.mmexit.jpf.checker;

import dev.mmexit.kernel.FindingKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What Java PathFinder says about scenarios, for the table of the engines: a row for each in CSV.
 * The executions to the first finding are states here.
 */
final class ResultFile {
  private static final String HEADER =
      "scenario,engine,verdict,executionsToFirst,complete,seconds,note,states";

  private ResultFile() {}

  /** A row. */
  static String row(String scenario, Verdict verdict) {
    String kinds =
        Arrays.stream(FindingKind.values())
            .map(FindingKind::label)
            .filter(verdict.findings()::containsKey)
            .collect(Collectors.joining(" "));
    return String.format(
        Locale.ROOT,
        "%s,jpf,%s,%s,%s,%.1f,\"%d explorations with %d places of contention\",%d",
        scenario,
        kinds.isEmpty() ? "clean" : kinds,
        verdict.statesToFirst() == 0 ? "" : verdict.statesToFirst(),
        verdict.complete(),
        verdict.seconds(),
        verdict.explorations(),
        verdict.places(),
        verdict.states());
  }

  /** Writes rows, whole or not at all. */
  static void write(Path file, Collection<String> rows) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.writeString(part, HEADER + "\n" + String.join("\n", rows) + "\n");
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}
