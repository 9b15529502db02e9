package dev.mmexit.reproduce;

import dev.mmexit.explorer.CheckerFacade;
import dev.mmexit.explorer.ExplorationOptions;
import dev.mmexit.explorer.LoadResult;
import dev.mmexit.explorer.LoadedScenario;
import dev.mmexit.explorer.LockLearner;
import dev.mmexit.explorer.MemoryModel;
import dev.mmexit.explorer.ModelChecker;
import dev.mmexit.explorer.OperationInfo;
import dev.mmexit.explorer.ProgressListener;
import dev.mmexit.explorer.ReplayOutcome;
import dev.mmexit.explorer.VariantInfo;
import dev.mmexit.explorer.result.LockGraph;
import dev.mmexit.explorer.result.ScenarioResult;
import dev.mmexit.explorer.result.Tool;
import dev.mmexit.reproduce.match.Query;
import dev.mmexit.reproduce.search.Catalogue;
import dev.mmexit.reproduce.search.Outcome;
import dev.mmexit.reproduce.search.ReportSearch;
import dev.mmexit.reproduce.search.SearchListener;
import dev.mmexit.scenario.format.Scenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The catalogue on v2, or the part of it in {@code quick.txt} unless {@code
 * -Dmmexit.reproduce.scenarios=all}: each scenario is explored once for all tests. There is no
 * other variant here.
 */
public final class Explored implements CheckerFacade {
  public static final Explored V2 = new Explored();
  static final boolean ALL = "all".equals(System.getProperty("mmexit.reproduce.scenarios"));
  private static final Path FOLDER = Path.of("../scenarios");

  private final ModelChecker checker = new ModelChecker(new Tool("mmexit", "test"));
  private final Map<String, ScenarioResult> results = new ConcurrentHashMap<>();
  private final LockLearner learner = checker.learner("v2");
  private final Map<String, ScenarioResult> learned = new ConcurrentHashMap<>();

  private Explored() {}

  /** The names of the scenarios. */
  public List<String> names() {
    try {
      if (!ALL) {
        return Files.readAllLines(Path.of("src/test/resources/quick.txt"));
      }
      try (var files = Files.walk(FOLDER)) {
        return files
            .map(file -> file.getFileName().toString())
            .filter(name -> name.endsWith(".litmus"))
            .map(name -> name.substring(0, name.length() - ".litmus".length()))
            .sorted()
            .toList();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What exploring a scenario gave. */
  public ScenarioResult result(String name) {
    Path file = FOLDER.resolve(name + ".litmus");
    if (!Files.exists(file)) {
      file = FOLDER.resolve("conformance").resolve(name + ".litmus");
    }
    LoadedScenario scenario = ((LoadResult.Loaded) checker.load(file, null)).scenario();
    return check(scenario, options(), (states, executions, findings) -> {});
  }

  /** Searches those scenarios. */
  public Outcome search(Query query) {
    List<String> names = names();
    try {
      Catalogue whole = Catalogue.read(FOLDER, this, null, query, "v2");
      Catalogue part = whole.only(candidate -> names.contains(candidate.scenario().name()));
      return new ReportSearch(this, query, options(), () -> 0L, SearchListener.NONE)
          .search(List.of(part));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Explores completely, with two workers. */
  public static ExplorationOptions options() {
    return new ExplorationOptions(
        "v2", Optional.empty(), OptionalLong.empty(), OptionalInt.empty(), 2, true);
  }

  @Override
  public ScenarioResult check(
      LoadedScenario scenario, ExplorationOptions options, ProgressListener progress) {
    // Not computeIfAbsent: on newer JDKs nothing may be explored by who holds a monitor.
    ScenarioResult known = results.get(scenario.name());
    if (known == null) {
      known = checker.check(scenario, options, progress);
      results.put(scenario.name(), known);
    }
    return known;
  }

  @Override
  public LockLearner learner(String variant) {
    return new LockLearner() {
      @Override
      public ScenarioResult check(
          LoadedScenario scenario, ExplorationOptions options, ProgressListener progress) {
        ScenarioResult known = learned.get(scenario.name());
        if (known == null) {
          known = learner.check(scenario, options, progress);
          learned.put(scenario.name(), known);
        }
        return known;
      }

      @Override
      public LockGraph graph() {
        return learner.graph();
      }
    };
  }

  @Override
  public List<VariantInfo> variants() {
    return checker.variants().stream().filter(variant -> variant.name().equals("v2")).toList();
  }

  @Override
  public List<OperationInfo> operations() {
    return checker.operations();
  }

  @Override
  public LoadResult load(Path file, MemoryModel memory) {
    return checker.load(file, memory);
  }

  @Override
  public LoadedScenario loaded(Scenario scenario, Path file) {
    return checker.loaded(scenario, file);
  }

  @Override
  public List<String> setUpErrors(LoadedScenario scenario, String variant) {
    return checker.setUpErrors(scenario, variant);
  }

  @Override
  public ReplayOutcome replay(LoadedScenario scenario, String variant, String schedule) {
    return checker.replay(scenario, variant, schedule);
  }
}
