package dev.mmexit.cli;

import dev.mmexit.explorer.ExplorationOptions;
import dev.mmexit.explorer.MemoryModel;
import dev.mmexit.explorer.result.CheckResult;
import dev.mmexit.explorer.result.LockGraph;
import dev.mmexit.explorer.result.ScenarioResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how much is run, and how. */
final class RunOptions {
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

  @Nullable MemoryModel memory() {
    return memory;
  }

  /** The results of a run with these options. */
  CheckResult sign(List<ScenarioResult> results, List<LockGraph> lockGraphs) {
    return CheckResult.of(Version.tool(), results, lockGraphs)
        .withMemory(memory == null ? null : memory.label());
  }

  /** How to explore that variant. */
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
