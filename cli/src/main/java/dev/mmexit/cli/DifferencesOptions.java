package dev.mmexit.cli;

import dev.mmexit.explorer.CheckerFacade;
import dev.mmexit.explorer.Differences;
import dev.mmexit.explorer.LoadedScenario;
import dev.mmexit.explorer.VariantInfo;
import dev.mmexit.explorer.report.AtomicFile;
import dev.mmexit.explorer.result.ScenarioResult;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options about what variants are expected to show where scenarios do not say it. */
final class DifferencesOptions {
  private static final String BASE = "v2";

  @Option(
      names = "--differences",
      paramLabel = "FILE",
      description = {
        "What a scenario shows on variants that it says nothing of: as on",
        "v2, but for what this table has."
      })
  private @Nullable Path file;

  @Option(
      names = "--write-differences",
      paramLabel = "FILE",
      description = "Write that table, of what was found.")
  private @Nullable Path written;

  private @Nullable Differences differences;

  /** Whether any of them is given. */
  boolean isGiven() {
    return file != null || written != null;
  }

  /** Reads the table, if one is given. */
  void read(CheckerFacade checker) {
    if (file != null) {
      List<String> variants = checker.variants().stream().map(VariantInfo::name).toList();
      try (Reader reader = Files.newBufferedReader(file)) {
        differences = Differences.read(reader, variants);
      } catch (IOException e) {
        throw new UserError("cannot read " + file + ": " + Problems.of(e), e);
      }
    }
  }

  /** Judges a result by the table where the scenario says nothing of the variant. */
  ScenarioResult judge(LoadedScenario scenario, ScenarioResult result) {
    if (differences == null || result.expected() != null) {
      return result;
    }
    Optional<List<String>> expected =
        differences.expected(result.variant(), result.scenario()).or(() -> scenario.expected(BASE));
    return expected.map(result::expecting).orElse(result);
  }

  /** Writes what differs from what the scenarios say of the code as posted, if that is wanted. */
  void write(List<LoadedScenario> scenarios, List<ScenarioResult> results) {
    if (written == null) {
      return;
    }
    if (!results.stream().allMatch(ScenarioResult::complete)) {
      throw new UserError("cannot write " + written + ": not everything was explored completely");
    }
    try {
      List<Differences.Row> rows = rows(scenarios, results);
      AtomicFile.write(written, writer -> Differences.write(rows, writer));
    } catch (IOException e) {
      throw new UserError("cannot write " + written + ": " + Problems.of(e), e);
    }
  }

  /** Scenarios come in the order of their results, with as many of these for each. */
  private static List<Differences.Row> rows(
      List<LoadedScenario> scenarios, List<ScenarioResult> results) {
    List<Differences.Row> rows = new ArrayList<>();
    int variants = results.size() / scenarios.size();
    for (int i = 0; i < results.size(); i++) {
      ScenarioResult result = results.get(i);
      LoadedScenario scenario = scenarios.get(i / variants);
      if (scenario.expected(result.variant()).isEmpty()
          && !result.kinds().equals(scenario.expected(BASE).orElse(List.of()))) {
        rows.add(Differences.Row.of(result.variant(), result.scenario(), result.kinds()));
      }
    }
    rows.sort(
        Comparator.comparing(Differences.Row::variant).thenComparing(Differences.Row::scenario));
    return rows;
  }
}
