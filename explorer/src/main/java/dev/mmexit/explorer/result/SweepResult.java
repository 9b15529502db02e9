package dev.mmexit.explorer.result;

import dev.mmexit.kernel.FindingKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What exploring every generated scenario of a size on one variant found: the whole of the JSON
 * document.
 *
 * @param tool the program that made it
 * @param format the version of the document
 * @param memory what {@code --memory} said; null where it said nothing
 * @param size the size, in words that {@code --generated} reads
 * @param any whether implausible scenarios are among them
 * @param variant the variant explored
 * @param columns the smaller sizes of as many threads that it is made of
 * @param kinds how many scenarios show each kind that any shows, in the order of {@link
 *     FindingKind}
 * @param findings each distinct finding
 */
public record SweepResult(
    Tool tool,
    int format,
    @Nullable String memory,
    String size,
    boolean any,
    String variant,
    List<Column> columns,
    List<Row> kinds,
    List<Distinct> findings) {
  /** The version of the document: another one has or means something else. */
  public static final int FORMAT = 1;

  public SweepResult {
    columns = List.copyOf(columns);
    kinds = List.copyOf(kinds);
    findings = List.copyOf(findings);
  }

  /**
   * The scenarios whose longest thread has so many operations.
   *
   * @param size the threads and these operations, as {@code 2x1}
   * @param scenarios how many there are
   * @param complete how many of these were explored completely
   * @param incomplete how many reached a bound
   * @param refused how many were not explored, because the set-up fails on the variant
   * @param clean how many were explored completely and show nothing
   */
  public record Column(
      String size, long scenarios, long complete, long incomplete, long refused, long clean) {}

  /**
   * A kind of finding.
   *
   * @param scenarios how many scenarios of each column show it
   */
  public record Row(FindingKind kind, List<Long> scenarios) {
    public Row {
      scenarios = List.copyOf(scenarios);
    }
  }

  /**
   * A distinct finding, in the first scenario that shows it.
   *
   * @param kind its kind
   * @param place where it is: functions, and what objects are, not their names
   * @param functions for each thread that has part in it, the function that it is in and the one by
   *     which it entered the kernel
   * @param count how many scenarios show it
   * @param number the place of the first among the generated ones, from 1
   * @param scenario that one's name
   * @param text that one
   * @param found the finding there
   */
  public record Distinct(
      FindingKind kind,
      String place,
      List<String> functions,
      long count,
      long number,
      String scenario,
      String text,
      Finding found) {
    public Distinct {
      functions = List.copyOf(functions);
    }
  }

  /** How many scenarios there are. */
  public long scenarios() {
    return columns.stream().mapToLong(Column::scenarios).sum();
  }

  /** Whether every scenario was explored completely. */
  public boolean complete() {
    return columns.stream().allMatch(column -> column.complete() == column.scenarios());
  }
}
