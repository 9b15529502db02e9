package dev.mmexit.explorer;

import dev.mmexit.explorer.engine.Granularity;
import dev.mmexit.explorer.engine.Sharing;
import dev.mmexit.explorer.lockorder.EdgeReports;
import dev.mmexit.explorer.lockorder.LockGraphBuilder;
import dev.mmexit.explorer.replay.Misfit;
import dev.mmexit.explorer.replay.Replay;
import dev.mmexit.explorer.replay.Replayer;
import dev.mmexit.explorer.replay.ScheduleText;
import dev.mmexit.explorer.result.ConditionResult;
import dev.mmexit.explorer.result.FinalState;
import dev.mmexit.explorer.result.Finding;
import dev.mmexit.explorer.result.LockGraph;
import dev.mmexit.explorer.result.ReplayFinding;
import dev.mmexit.explorer.result.ReplayResult;
import dev.mmexit.explorer.result.ScenarioResult;
import dev.mmexit.explorer.result.Tool;
import dev.mmexit.explorer.search.Bounds;
import dev.mmexit.explorer.search.Exploration;
import dev.mmexit.explorer.search.Explorer;
import dev.mmexit.explorer.search.Instance;
import dev.mmexit.explorer.search.Key;
import dev.mmexit.explorer.search.LockOrder;
import dev.mmexit.kernel.FindingKind;
import dev.mmexit.scenario.Host;
import dev.mmexit.scenario.OperationTable;
import dev.mmexit.scenario.ScenarioWorld;
import dev.mmexit.scenario.SetUpFailed;
import dev.mmexit.scenario.World;
import dev.mmexit.scenario.format.Condition;
import dev.mmexit.scenario.format.Diagnostic;
import dev.mmexit.scenario.format.Expectation;
import dev.mmexit.scenario.format.ParseResult;
import dev.mmexit.scenario.format.Scenario;
import dev.mmexit.scenario.format.ScenarioParser;
import dev.mmexit.variant.Variant;
import dev.mmexit.variant.Variants;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Checks scenarios with the {@link Explorer}. */
public final class ModelChecker implements CheckerFacade {
  private final Tool tool;

  /** A checker that signs its results with {@code tool}. */
  public ModelChecker(Tool tool) {
    this.tool = tool;
  }

  private record Parsed(Path file, Scenario scenario) implements LoadedScenario {
    @Override
    public String name() {
      return scenario.name();
    }

    @Override
    public Optional<List<String>> expected(String variant) {
      return Optional.ofNullable(ModelChecker.expected(scenario.expectations().get(variant)));
    }
  }

  @Override
  public List<VariantInfo> variants() {
    return Variants.all().stream()
        .map(variant -> new VariantInfo(variant.name(), variant.summary()))
        .toList();
  }

  @Override
  public List<OperationInfo> operations() {
    return OperationTable.all().stream()
        .map(row -> new OperationInfo(row.form(), row.kernelEntry(), row.caller()))
        .toList();
  }

  @Override
  public LoadResult load(Path file, @Nullable MemoryModel memory) {
    ParseResult result = ScenarioParser.parseFile(file, Variants.names());
    Scenario scenario = result.scenario();
    if (scenario == null) {
      return new LoadResult.Rejected(
          result.diagnostics().stream().map(Diagnostic::toString).toList());
    }
    return new LoadResult.Loaded(new Parsed(file, with(scenario, memory)));
  }

  @Override
  public LoadedScenario loaded(Scenario scenario, Path file) {
    return new Parsed(file, scenario);
  }

  private static Scenario with(Scenario scenario, @Nullable MemoryModel memory) {
    return memory == null
        ? scenario
        : scenario.with(dev.mmexit.scenario.format.MemoryModel.valueOf(memory.name()));
  }

  @Override
  public List<String> setUpErrors(LoadedScenario loaded, String variantName) {
    Scenario scenario = ((Parsed) loaded).scenario();
    try {
      instance(worlds(scenario, variant(variantName))).close();
      return List.of();
    } catch (SetUpFailed failed) {
      return List.of(at(loaded, failed.step().position(), failed.sentence()));
    }
  }

  private static String at(
      LoadedScenario loaded, dev.mmexit.scenario.format.Position position, String sentence) {
    return new Diagnostic(loaded.file().toString(), position.line(), position.column(), sentence)
        .toString();
  }

  static Function<Host, World> worlds(Scenario scenario, Variant variant) {
    return host -> new ScenarioWorld(host, variant, scenario);
  }

  static Variant variant(String name) {
    return Variants.find(name)
        .orElseThrow(() -> new IllegalArgumentException("there is no variant " + name));
  }

  @Override
  public ScenarioResult check(
      LoadedScenario loaded, ExplorationOptions options, ProgressListener progress) {
    return explore(loaded, options, progress);
  }

  @Override
  public VariantsChecker checker(List<String> variants) {
    return new CarryOver(variants.stream().map(ModelChecker::variant).toList());
  }

  @Override
  public LockLearner learner(String variant) {
    LockGraphBuilder locks = new LockGraphBuilder(variant);
    return new LockLearner() {
      @Override
      public ScenarioResult check(
          LoadedScenario loaded, ExplorationOptions options, ProgressListener progress) {
        if (!options.variant().equals(variant)) {
          throw new IllegalArgumentException("not the learner's variant: " + options.variant());
        }
        return explore(loaded, options, variant(variant), progress, locks);
      }

      @Override
      public LockGraph graph() {
        return locks.graph();
      }
    };
  }

  static ScenarioResult explore(
      LoadedScenario loaded, ExplorationOptions options, ProgressListener progress) {
    return explore(loaded, options, variant(options.variant()), progress, null);
  }

  /**
   * Explores a scenario.
   *
   * @param variant does what the one does that the options name
   * @param locks learns the order of locks; null for nobody
   */
  static ScenarioResult explore(
      LoadedScenario loaded,
      ExplorationOptions options,
      Variant variant,
      ProgressListener progress,
      @Nullable LockGraphBuilder locks) {
    Scenario scenario = ((Parsed) loaded).scenario();
    Function<Host, World> worlds = worlds(scenario, variant);
    long start = System.nanoTime();
    Explorer explorer =
        new Explorer(
            worlds, bounds(options), options.workers(), options.reduction(), progress::progress);
    if (locks != null) {
      explorer.learningLocks();
    }
    Exploration exploration = explorer.explore();
    List<Finding> findings = findings(scenario, options, worlds, exploration);
    if (locks != null) {
      learn(locks, scenario, options, worlds, exploration, findings);
    }
    ConditionResult condition = condition(scenario.condition(), exploration, findings);
    List<String> expected = expected(scenario.expectations().get(options.variant()));
    return new ScenarioResult(
        scenario.name(),
        loaded.file().toString(),
        options.variant(),
        exploration.isComplete(),
        exploration.bound(),
        exploration.states(),
        exploration.executions(),
        exploration.transitions(),
        (System.nanoTime() - start) / 1e9,
        findings,
        finalStates(exploration),
        condition,
        expected,
        ScenarioResult.judge(exploration.isComplete(), findings, expected));
  }

  /** Adds what an exploration has met to a lock-order graph. */
  private static void learn(
      LockGraphBuilder locks,
      Scenario scenario,
      ExplorationOptions options,
      Function<Host, World> worlds,
      Exploration exploration,
      List<Finding> findings) {
    LockOrder order = exploration.locks();
    String hash = ScheduleText.worldHash(scenario.sourceText(), options.variant());
    try (EdgeReports reports =
        new EdgeReports(
            worlds, exploration.sharing(), options.reduction(), scenario.name(), hash)) {
      locks.add(order, exploration.isComplete(), reports);
    }
    // The findings are in the order of their keys.
    List<Key> keys = List.copyOf(exploration.findings().keySet());
    order
        .cycles()
        .forEach(
            (key, waits) ->
                locks.addDeadlock(
                    waits, scenario.name(), findings.get(keys.indexOf(key)).schedule()));
  }

  private static Bounds bounds(ExplorationOptions options) {
    return new Bounds(
        options.maxTime().map(ModelChecker::seconds).orElse(null),
        options.maxExecutions().isPresent() ? options.maxExecutions().getAsLong() : null,
        options.preemptions().isPresent() ? options.preemptions().getAsInt() : null);
  }

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }

  private static List<Finding> findings(
      Scenario scenario,
      ExplorationOptions options,
      Function<Host, World> worlds,
      Exploration exploration) {
    if (exploration.findings().isEmpty()) {
      return new ArrayList<>();
    }
    String hash = ScheduleText.worldHash(scenario.sourceText(), options.variant());
    try (FindingReports reports =
        new FindingReports(worlds, exploration.sharing(), options.reduction(), hash)) {
      return reports.of(exploration.findings());
    }
  }

  /** An instance that runs schedules of single operations and accesses. */
  private static Instance instance(Function<Host, World> worlds) {
    return new Instance(worlds, Granularity.EVERY_ACCESS, new Sharing());
  }

  private static @Nullable ConditionResult condition(
      @Nullable Condition condition, Exploration exploration, List<Finding> findings) {
    if (condition == null) {
      return null;
    }
    long positive = exploration.finalStates().stream().filter(state -> state.satisfies()).count();
    long negative = exploration.finalStates().size() - positive;
    boolean holds =
        switch (condition.quantifier()) {
          case EXISTS -> positive > 0;
          case NOT_EXISTS -> positive == 0;
          case FORALL -> negative == 0;
        };
    if (condition.quantifier() == Condition.Quantifier.EXISTS
        && !holds
        && exploration.isComplete()) {
      findings.add(
          new Finding(
              FindingKind.CONDITION,
              "no final state satisfies " + condition.text(),
              condition.text(),
              List.of(),
              "",
              List.of()));
    }
    return new ConditionResult(condition.text(), holds, positive, negative);
  }

  private static @Nullable List<String> expected(@Nullable Expectation expectation) {
    return expectation == null
        ? null
        : expectation.kinds().stream().map(FindingKind::label).toList();
  }

  private static List<FinalState> finalStates(Exploration exploration) {
    return exploration.finalStates().stream()
        .map(ModelChecker::finalState)
        .sorted(Comparator.comparing(FinalState::toString))
        .toList();
  }

  private static FinalState finalState(dev.mmexit.scenario.FinalState state) {
    TreeMap<String, Long> registers = new TreeMap<>();
    state.registers().forEach((name, value) -> registers.put(name, (long) value));
    return new FinalState(registers, state.facts());
  }

  @Override
  public ReplayOutcome replay(LoadedScenario loaded, String variantName, String schedule) {
    Scenario scenario = ((Parsed) loaded).scenario();
    ScheduleText text;
    try {
      text = ScheduleText.parse(schedule);
    } catch (ScheduleText.Malformed malformed) {
      return new ReplayOutcome.Malformed(String.valueOf(malformed.getMessage()));
    }
    String world = ScheduleText.worldHash(scenario.sourceText(), variantName);
    try (Instance instance = instance(worlds(scenario, variant(variantName)))) {
      if (!text.world().equals(world)) {
        return otherWorld(instance, scenario, text, world);
      }
      Replay replay = new Replayer(instance).replay(text.names());
      return new ReplayOutcome.Replayed(
          new ReplayResult(
              tool,
              scenario.name(),
              loaded.file().toString(),
              variantName,
              text.text(),
              replay.threads(),
              replay.steps(),
              replay.findings().stream()
                  .map(found -> new ReplayFinding(found.key().kind(), found.message()))
                  .toList(),
              replay.finalState() == null ? null : finalState(replay.finalState())));
    } catch (Misfit misfit) {
      return new ReplayOutcome.Mismatch(
          misfit.step(), misfit.named(), misfit.runnable(), misfit.reason());
    }
  }

  private static ReplayOutcome otherWorld(
      Instance instance, Scenario scenario, ScheduleText text, String world) {
    for (Variant other : Variants.all()) {
      if (ScheduleText.worldHash(scenario.sourceText(), other.name()).equals(text.world())) {
        return misfit(instance, text, "the schedule was made for variant " + other.name());
      }
    }
    return misfit(
        instance,
        text,
        "the schedule was made for another scenario or an earlier text of it (its hash is "
            + text.world()
            + ", this scenario's is "
            + world
            + ")");
  }

  private static ReplayOutcome misfit(Instance instance, ScheduleText text, String reason) {
    String first = text.names().isEmpty() ? "nobody" : text.names().get(0);
    return new ReplayOutcome.Mismatch(1, first, instance.world().threads(), reason);
  }
}
