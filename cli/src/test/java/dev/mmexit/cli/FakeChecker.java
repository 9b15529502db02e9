package dev.mmexit.cli;

import dev.mmexit.explorer.CheckerFacade;
import dev.mmexit.explorer.ExplorationOptions;
import dev.mmexit.explorer.LoadResult;
import dev.mmexit.explorer.LoadedScenario;
import dev.mmexit.explorer.LockLearner;
import dev.mmexit.explorer.MemoryModel;
import dev.mmexit.explorer.OperationInfo;
import dev.mmexit.explorer.ProgressListener;
import dev.mmexit.explorer.ReplayOutcome;
import dev.mmexit.explorer.Samples;
import dev.mmexit.explorer.VariantInfo;
import dev.mmexit.explorer.result.LockGraph;
import dev.mmexit.explorer.result.ScenarioResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Does what the name of a scenario says, and remembers what it was asked for. */
final class FakeChecker implements CheckerFacade {
  final List<String> loaded = new ArrayList<>();
  final List<String> checked = new ArrayList<>();
  final List<ExplorationOptions> options = new ArrayList<>();
  final List<String> schedules = new ArrayList<>();
  @Nullable MemoryModel memory;

  private record Scenario(Path file, String name) implements LoadedScenario {
    @Override
    public dev.mmexit.scenario.format.Scenario scenario() {
      throw new UnsupportedOperationException();
    }
  }

  @Override
  public List<VariantInfo> variants() {
    return List.of(
        new VariantInfo("v2", "the patch as posted"),
        new VariantInfo("fixed", "waits for mm_exit without iommu->lock"));
  }

  @Override
  public List<OperationInfo> operations() {
    return List.of(
        new OperationInfo("detach C G", "vfio_iommu_type1_detach_group", "the manager"),
        new OperationInfo("exit P", "do_exit", "P"));
  }

  @Override
  public LoadResult load(Path file, @Nullable MemoryModel memory) {
    this.memory = memory;
    loaded.add(file.getFileName().toString());
    try {
      String text = Files.readString(file).strip();
      return text.startsWith("VFIO ")
          ? new LoadResult.Loaded(new Scenario(file, text.substring(5)))
          : new LoadResult.Rejected(
              List.of(
                  file + ":1:1: expected 'VFIO NAME', not '" + text + "'",
                  file + ":2:1: there is no thread table"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public LoadedScenario loaded(dev.mmexit.scenario.format.Scenario scenario, Path file) {
    return new Scenario(file, scenario.name());
  }

  @Override
  public List<String> setUpErrors(LoadedScenario scenario, String variant) {
    return scenario.name().equals("bad-set-up")
        ? List.of(scenario.file() + ":5:3: the set-up fails: bind C0 P0 returns -ESRCH")
        : List.of();
  }

  @Override
  public ScenarioResult check(
      LoadedScenario scenario, ExplorationOptions options, ProgressListener progress) {
    checked.add(scenario.name());
    this.options.add(options);
    progress.progress(1234, 56, 1);
    boolean fixed = options.variant().equals("fixed");
    ScenarioResult result =
        switch (scenario.name()) {
          case "deadlock" ->
              Samples.complete("deadlock", List.of(Samples.deadlock()), List.of("deadlock"));
          case "surprise" -> Samples.complete("surprise", List.of(Samples.staleMm()), null);
          case "missing" -> Samples.complete("missing", List.of(), List.of("deadlock"));
          case "long" -> Samples.result("long", "1 second", List.of(), null);
          case "long-and-bad" ->
              Samples.result("long-and-bad", "1 second", List.of(Samples.staleMm()), null);
          case "worse" ->
              Samples.complete("worse", fixed ? List.of(Samples.staleMm()) : List.of(), null);
          case "better" ->
              Samples.complete("better", fixed ? List.of() : List.of(Samples.deadlock()), null);
          case "crash" -> throw new IllegalStateException("no such state");
          case "huge" -> throw new OutOfMemoryError("Java heap space");
          default -> Samples.complete(scenario.name(), List.of(), List.of());
        };
    return at(scenario.file(), options.variant(), result);
  }

  @Override
  public LockLearner learner(String variant) {
    return new LockLearner() {
      @Override
      public ScenarioResult check(
          LoadedScenario scenario, ExplorationOptions options, ProgressListener progress) {
        return FakeChecker.this.check(scenario, options, progress);
      }

      @Override
      public LockGraph graph() {
        return Samples.lockGraph();
      }
    };
  }

  private static ScenarioResult at(Path file, String variant, ScenarioResult result) {
    return new ScenarioResult(
        result.scenario(),
        file.toString(),
        variant,
        result.complete(),
        result.bound(),
        result.states(),
        result.executions(),
        result.transitions(),
        result.seconds(),
        result.findings(),
        result.finalStates(),
        result.condition(),
        result.expected(),
        result.asExpected());
  }

  @Override
  public ReplayOutcome replay(LoadedScenario scenario, String variant, String schedule) {
    schedules.add(schedule);
    return switch (schedule) {
      case "fits" -> new ReplayOutcome.Replayed(Samples.cleanReplay());
      case "finds" -> new ReplayOutcome.Replayed(Samples.replay());
      case "misfits" -> new ReplayOutcome.Mismatch(14, "T1", List.of("T0", "T2"), "T1 is blocked");
      default -> new ReplayOutcome.Malformed("it has no format version");
    };
  }
}
