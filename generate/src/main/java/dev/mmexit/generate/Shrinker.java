package dev.mmexit.generate;

import dev.mmexit.explorer.CheckerFacade;
import dev.mmexit.explorer.ExplorationOptions;
import dev.mmexit.explorer.result.Finding;
import dev.mmexit.explorer.result.ScenarioResult;
import dev.mmexit.scenario.SetUpFailed;
import dev.mmexit.scenario.format.Scenario;
import dev.mmexit.scenario.format.ScenarioParser;
import dev.mmexit.scenario.format.ScenarioWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes a scenario smaller for as long as it shows a finding of the same kind at the same place: it
 * takes one part away after the other, from the largest to the smallest, and begins again whenever
 * one could go. In the end the finding goes with any single part that is left. Preemptions need not
 * be taken away, as the interleaving of a finding is the shortest.
 */
public final class Shrinker {
  private final CheckerFacade checker;
  private final ExplorationOptions options;
  private final LongSupplier nanoTime;

  /**
   * A smaller scenario.
   *
   * @param scenario the scenario, whose text is its own
   * @param finding the finding there
   * @param minimal whether the finding is known to go with each part that is left; false where a
   *     bound came first
   */
  public record Result(Scenario scenario, Finding finding, boolean minimal) {}

  /**
   * A shrinker.
   *
   * @param options how scenarios are explored. The time bounds all that is done for one finding
   */
  public Shrinker(CheckerFacade checker, ExplorationOptions options) {
    this(checker, options, System::nanoTime);
  }

  Shrinker(CheckerFacade checker, ExplorationOptions options, LongSupplier nanoTime) {
    this.checker = checker;
    this.options = options;
    this.nanoTime = nanoTime;
  }

  /**
   * Makes a scenario smaller.
   *
   * @param finding what exploring it found
   * @param name what the smaller scenario is called
   */
  public Result shrink(Scenario scenario, Finding finding, String name) {
    long start = nanoTime.getAsLong();
    FindingClass wanted = FindingClass.of(scenario, finding);
    Scenario best = called(scenario, name);
    Found found = explore(best, wanted, start);
    Finding shown = found.finding == null ? finding : found.finding;
    boolean minimal = found.finding != null;
    boolean smaller = minimal;
    while (smaller) {
      smaller = false;
      minimal = true;
      for (Scenario reduced : Reductions.of(best)) {
        Scenario read = read(reduced);
        if (read == null) {
          continue;
        }
        if (isLate(start)) {
          return new Result(best, shown, false);
        }
        Found its = explore(read, wanted, start);
        if (its.finding != null) {
          best = read;
          shown = its.finding;
          smaller = true;
          break;
        }
        minimal &= its.complete;
      }
    }
    return new Result(best, shown, minimal);
  }

  /**
   * The scenarios that have one part less: none of them shows the finding for which a scenario was
   * made as small as can be.
   */
  static List<Scenario> smaller(Scenario scenario) {
    return Reductions.of(scenario).stream()
        .flatMap(reduced -> Optional.ofNullable(read(reduced)).stream())
        .toList();
  }

  /** What exploring a scenario showed: the finding if it is there. */
  private record Found(@Nullable Finding finding, boolean complete) {}

  private Found explore(Scenario scenario, FindingClass wanted, long start) {
    try {
      ScenarioResult result =
          checker.check(
              checker.loaded(scenario, Path.of(scenario.name() + ".litmus")),
              remaining(start),
              (states, executions, findings) -> {});
      for (Finding finding : result.findings()) {
        if (FindingClass.of(scenario, finding).isLike(wanted)) {
          return new Found(finding, result.complete());
        }
      }
      return new Found(null, result.complete());
    } catch (SetUpFailed refused) {
      return new Found(null, true);
    }
  }

  private boolean isLate(long start) {
    return options
        .maxTime()
        .map(most -> nanoTime.getAsLong() - start > most.toNanos())
        .orElse(false);
  }

  private ExplorationOptions remaining(long start) {
    Optional<Duration> left =
        options
            .maxTime()
            .map(most -> most.minusNanos(nanoTime.getAsLong() - start))
            .map(time -> time.isNegative() ? Duration.ZERO : time);
    return new ExplorationOptions(
        options.variant(),
        left,
        options.maxExecutions(),
        options.preemptions(),
        options.workers(),
        options.reduction());
  }

  /** The scenario as it is read from a text of its own, so that each step has its own position. */
  private static Scenario called(Scenario scenario, String name) {
    Scenario own =
        new Scenario(
            name,
            scenario.description(),
            scenario.containers(),
            scenario.groups(),
            scenario.processes(),
            scenario.setup(),
            scenario.threads(),
            scenario.condition(),
            Map.of(),
            scenario.memory(),
            scenario.fails(),
            null,
            "");
    Scenario read = read(own);
    return read == null ? Scenarios.withOwnText(own) : read;
  }

  /** The scenario as it is read from its text; null where it is none. */
  private static @Nullable Scenario read(Scenario reduced) {
    if (reduced.threads().isEmpty()) {
      return null;
    }
    String text = ScenarioWriter.write(reduced);
    return ScenarioParser.parse(reduced.name(), text, Set.of()).scenario();
  }
}
