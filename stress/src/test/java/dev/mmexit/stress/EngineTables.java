package dev.mmexit.stress;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import dev.mmexit.kernel.FindingKind;
import dev.mmexit.stress.Jcstress.Run;
import dev.mmexit.variant.Variants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.openjdk.jcstress.infra.collectors.TestResult;

/**
 * The tables of what jcstress has seen: a verdict for each scenario, and how often each outcome
 * came, with those that the explorer lists and that never did.
 */
final class EngineTables {
  private static final Path RESULTS = Path.of(System.getProperty("stress.results"));
  private static final Path DOCUMENTS = Path.of("..", "docs", "engines");
  private static final boolean UPDATE = Boolean.getBoolean("mmexit.golden.update");

  private EngineTables() {}

  /** What an engine says of a scenario. */
  @JsonPropertyOrder({
    "scenario",
    "engine",
    "verdict",
    "executionsToFirst",
    "complete",
    "seconds",
    "note"
  })
  record Verdict(
      String scenario,
      String engine,
      String verdict,
      String executionsToFirst,
      boolean complete,
      String seconds,
      String note) {}

  /** How often an outcome came. */
  @JsonPropertyOrder({"scenario", "variant", "outcome", "samples", "total"})
  record Frequency(String scenario, String variant, String outcome, long samples, long total) {}

  /** Writes them beside the results, and where golden files are updated into the documentation. */
  static void write(Map<String, Run> runs) throws IOException {
    List<Verdict> verdicts = new ArrayList<>();
    List<Frequency> frequencies = new ArrayList<>();
    for (Map.Entry<String, Run> run : runs.entrySet()) {
      for (String test : RaceTests.names().toList()) {
        if (!run.getValue().of(test).isEmpty()) {
          addFrequencies(run.getKey(), run.getValue(), test, frequencies);
          if (run.getKey().equals("v2")) {
            verdicts.add(verdict(run.getValue(), test));
          }
        }
      }
    }
    verdicts.sort(Comparator.comparing(Verdict::scenario));
    frequencies.sort(
        Comparator.comparing(Frequency::scenario)
            .thenComparing(Frequency::variant, Comparator.reverseOrder())
            .thenComparing(Frequency::outcome));
    write("jcstress.csv", verdicts, Verdict.class);
    write("jcstress-outcomes.csv", frequencies, Frequency.class);
  }

  private static void write(String name, List<?> rows, Class<?> type) throws IOException {
    CsvMapper csv = new CsvMapper();
    String text = csv.writer(csv.schemaFor(type).withHeader()).writeValueAsString(rows);
    Files.writeString(RESULTS.resolve(name), text);
    if (UPDATE) {
      Files.createDirectories(DOCUMENTS);
      Files.writeString(DOCUMENTS.resolve(name), text);
    }
  }

  private static void addFrequencies(
      String variant, Run run, String test, List<Frequency> frequencies) {
    String scenario = RaceTests.scenario(test);
    Set<String> seen = new TreeSet<>();
    run.of(test).forEach(result -> seen.addAll(result.getStateKeys()));
    Set<String> all = new TreeSet<>(seen);
    Set<String> seenAnyhow =
        seen.stream().map(ExplorerOutcomes::withoutNames).collect(Collectors.toSet());
    ExplorerOutcomes.of(scenario, Variants.find(variant).orElseThrow()).stream()
        .filter(outcome -> !seenAnyhow.contains(outcome))
        .forEach(all::add);
    for (String outcome : all) {
      frequencies.add(
          new Frequency(scenario, variant, outcome, run.count(test, outcome), run.total(test)));
    }
  }

  private static Verdict verdict(Run run, String test) {
    long total = run.total(test);
    Set<String> kinds = new TreeSet<>();
    long findings = 0;
    for (TestResult result : run.of(test)) {
      for (String outcome : result.getStateKeys()) {
        List<String> found = kinds(outcome);
        kinds.addAll(found);
        findings += found.isEmpty() ? 0 : result.getCount(outcome);
      }
    }
    return new Verdict(
        RaceTests.scenario(test),
        "jcstress",
        kinds.isEmpty() ? "clean" : String.join(" ", kinds),
        findings == 0 ? "" : Long.toString((total + findings - 1) / findings),
        false,
        String.format(Locale.ROOT, "%.1f", run.seconds() / run.results().size()),
        total + " samples" + (findings == 0 ? "" : "; to the first finding on the average"));
  }

  /** The findings that an outcome names. */
  private static List<String> kinds(String outcome) {
    return Arrays.stream(FindingKind.values())
        .map(FindingKind::label)
        .filter(
            label ->
                outcome.startsWith(label + ": ")
                    || Arrays.asList(outcome.substring(outcome.lastIndexOf(';') + 1).split(" "))
                        .contains(label))
        .toList();
  }
}
