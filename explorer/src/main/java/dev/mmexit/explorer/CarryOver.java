package dev.mmexit.explorer;

import dev.mmexit.explorer.carry.Watch;
import dev.mmexit.explorer.replay.ScheduleText;
import dev.mmexit.explorer.result.Finding;
import dev.mmexit.explorer.result.ScenarioResult;
import dev.mmexit.scenario.Host;
import dev.mmexit.scenario.World;
import dev.mmexit.variant.Variant;
import dev.mmexit.variant.Variants;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Explores a scenario on the code as posted, and gives the result for each variant that cannot
 * differ there. The others are explored.
 */
final class CarryOver implements VariantsChecker {
  private final List<Variant> others;
  private @Nullable Watch watch;
  private @Nullable Posted posted;

  /** What was explored last on the code as posted. */
  private record Posted(
      LoadedScenario scenario, ExplorationOptions options, Watch watch, ScenarioResult result) {}

  /** A checker for the given variants. */
  CarryOver(List<Variant> variants) {
    others = variants.stream().filter(variant -> !variant.name().equals(Variants.BASE)).toList();
  }

  @Override
  public ScenarioResult check(
      LoadedScenario scenario, ExplorationOptions options, ProgressListener progress) {
    // What reduces nothing is for comparison, and spares nothing.
    if (!options.reduction() || others.isEmpty()) {
      return ModelChecker.explore(scenario, options, progress);
    }
    if (options.variant().equals(Variants.BASE)) {
      return explorePosted(scenario, options, progress);
    }
    long start = System.nanoTime();
    ScenarioResult carried = carried(scenario, options);
    return carried == null
        ? ModelChecker.explore(scenario, options, progress)
        : carried.tookSeconds((System.nanoTime() - start) / 1e9);
  }

  private ScenarioResult explorePosted(
      LoadedScenario scenario, ExplorationOptions options, ProgressListener progress) {
    posted = null;
    if (watch == null) {
      watch = Watch.of(others, worlds(scenario));
    }
    Watch its = watch.anew();
    ScenarioResult result = ModelChecker.explore(scenario, options, its.posted(), progress, null);
    if (result.complete()) {
      posted = new Posted(scenario, options, its, result);
    }
    return result;
  }

  private @Nullable ScenarioResult carried(LoadedScenario scenario, ExplorationOptions options) {
    Posted from = posted;
    if (from == null
        || from.scenario() != scenario
        || !from.options().equals(options.on(Variants.BASE))) {
      return null;
    }
    Variant variant = ModelChecker.variant(options.variant());
    if (!from.watch().isUntouched(variant, worlds(scenario))) {
      return null;
    }
    String hash = ScheduleText.worldHash(scenario.scenario().sourceText(), options.variant());
    List<Finding> findings =
        from.result().findings().stream().map(finding -> on(finding, hash)).toList();
    return from.result()
        .on(options.variant(), findings, scenario.expected(options.variant()).orElse(null));
  }

  private static Function<Variant, Function<Host, World>> worlds(LoadedScenario scenario) {
    return variant -> ModelChecker.worlds(scenario.scenario(), variant);
  }

  /** The same finding, with the schedule that replays it on another variant. */
  private static Finding on(Finding finding, String hash) {
    if (finding.schedule().isEmpty()) {
      return finding;
    }
    try {
      List<String> names = ScheduleText.parse(finding.schedule()).names();
      return new Finding(
          finding.kind(),
          finding.message(),
          finding.place(),
          finding.threads(),
          new ScheduleText(hash, names).text(),
          finding.steps());
    } catch (ScheduleText.Malformed ofOurs) {
      throw new IllegalStateException(ofOurs);
    }
  }
}
