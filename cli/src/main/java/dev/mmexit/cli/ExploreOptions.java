package dev.mmexit.cli;

import dev.mmexit.explorer.CheckerFacade;
import dev.mmexit.explorer.ExplorationOptions;
import dev.mmexit.explorer.MemoryModel;
import dev.mmexit.explorer.VariantInfo;
import dev.mmexit.explorer.result.CheckResult;
import dev.mmexit.explorer.result.LockGraph;
import dev.mmexit.explorer.result.ScenarioResult;
import dev.mmexit.scenario.format.Nearest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what is run, and how much of it. */
final class ExploreOptions {
  /** What stands for every variant. */
  static final String ALL = "all";

  private static final String DEFAULT = "v2";

  @Option(
      names = "--variant",
      paramLabel = "NAME",
      description = {
        "The variant of the modelled code (default: v2). check takes",
        "several, and 'all'."
      })
  private @Nullable List<String> variants;

  @Option(
      names = "--memory",
      paramLabel = "kasan|slub",
      converter = Converters.Memory.class,
      description = "What becomes of freed memory, whatever the scenario says.")
  private @Nullable MemoryModel memory;

  @Option(
      names = "--max-seconds",
      paramLabel = "N",
      converter = Converters.Seconds.class,
      description = "End each scenario's exploration after N seconds.")
  private @Nullable Long maxSeconds;

  @Option(
      names = "--max-executions",
      paramLabel = "N",
      converter = Converters.Executions.class,
      description = "End each scenario's exploration after N executions.")
  private @Nullable Long maxExecutions;

  @Option(
      names = "--preemptions",
      paramLabel = "N",
      converter = Converters.Preemptions.class,
      description = "Leave out executions with more than N preemptions.")
  private @Nullable Long preemptions;

  @Option(
      names = "--workers",
      paramLabel = "N",
      converter = Converters.Workers.class,
      description = "Explore with N threads (default: one for each processor).")
  private @Nullable Long workers;

  @Option(
      names = "--no-reduction",
      description = {
        "Run every interleaving: no state caching, no partial-order",
        "reduction. For cross-checks; slow."
      })
  private boolean noReduction;

  /** The only variant; refuses several. */
  String variant() {
    List<String> names = given();
    if (names.size() != 1 || names.contains(ALL)) {
      throw new UserError("there is more than one --variant, and this command takes one");
    }
    return names.get(0);
  }

  /** The variants, each once, in the order of those that there are. */
  List<String> variants(CheckerFacade checker) {
    List<String> names = given();
    return names(checker).stream()
        .filter(name -> names.contains(ALL) || names.contains(name))
        .toList();
  }

  private List<String> given() {
    return variants == null ? List.of(DEFAULT) : variants;
  }

  private static List<String> names(CheckerFacade checker) {
    return checker.variants().stream().map(VariantInfo::name).toList();
  }

  @Nullable MemoryModel memory() {
    return memory;
  }

  /** Refuses what there is not. */
  void validate(CheckerFacade checker) {
    List<String> names = names(checker);
    for (String variant : given()) {
      if (!variant.equals(ALL) && !names.contains(variant)) {
        throw new UserError(
            "there is no variant '"
                + variant
                + "'"
                + Nearest.of(variant, names).map(near -> ", the nearest is " + near).orElse("")
                + "; the variants are "
                + String.join(", ", names));
      }
    }
  }

  /** The results of a run with these options. */
  CheckResult sign(List<ScenarioResult> results, List<LockGraph> lockGraphs) {
    return CheckResult.of(Version.tool(), results, lockGraphs)
        .withMemory(memory == null ? null : memory.label());
  }

  /** What is to be done on one of the variants. */
  ExplorationOptions options(String variant) {
    return new ExplorationOptions(
        variant,
        Optional.ofNullable(maxSeconds).map(Duration::ofSeconds),
        maxExecutions == null ? OptionalLong.empty() : OptionalLong.of(maxExecutions),
        preemptions == null ? OptionalInt.empty() : OptionalInt.of(Math.toIntExact(preemptions)),
        workers == null ? Runtime.getRuntime().availableProcessors() : Math.toIntExact(workers),
        !noReduction);
  }
}
