import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Prints the share of covered lines of each module, from JaCoCo's aggregated table. */
final class Coverage {

  private int missed;
  private int covered;

  public static void main(String[] args) throws IOException {
    List<String> rows = Files.readAllLines(Path.of(args[0]));
    List<String> header = List.of(rows.get(0).split(","));
    Map<String, Coverage> modules = new TreeMap<>();
    Coverage all = new Coverage();
    for (String row : rows.subList(1, rows.size())) {
      String[] fields = row.split(",");
      int missed = Integer.parseInt(fields[header.indexOf("LINE_MISSED")]);
      int covered = Integer.parseInt(fields[header.indexOf("LINE_COVERED")]);
      // The first field is "PROJECT/MODULE".
      String module = fields[0].substring(fields[0].lastIndexOf('/') + 1);
      modules.computeIfAbsent(module, name -> new Coverage()).add(missed, covered);
      all.add(missed, covered);
    }
    List<String> figures = new ArrayList<>();
    modules.forEach((module, coverage) -> figures.add(module + " " + coverage));
    figures.add("all " + all);
    System.out.println("Lines covered: " + String.join(", ", figures));
  }

  private void add(int moreMissed, int moreCovered) {
    missed += moreMissed;
    covered += moreCovered;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%.1f %% of %d", 100.0 * covered / (missed + covered), missed + covered);
  }
}
