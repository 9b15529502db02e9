package dev.mmexit.bench;

import dev.mmexit.explorer.ExplorationOptions;
import dev.mmexit.explorer.LoadedScenario;
import dev.mmexit.explorer.ModelChecker;
import dev.mmexit.explorer.result.ScenarioResult;
import dev.mmexit.explorer.result.Tool;
import dev.mmexit.generate.Generator;
import dev.mmexit.generate.Plausibility;
import dev.mmexit.generate.Size;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Generated scenarios explored completely, with the interleavings of what they show, as a sweep
 * does it: so many a second with two workers, each of which takes whole scenarios.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 5)
@Measurement(iterations = 5, time = 5)
@Threads(2)
@Fork(1)
public class GeneratedBenchmark {
  /** About how many scenarios of a size are explored, over and over. */
  private static final int SAMPLE = 400;

  private static final long EXECUTIONS = 100_000;

  /** Their size. */
  @Param({"2x1", "2x2", "3x1"})
  public String size = "";

  private final ModelChecker checker = new ModelChecker(new Tool("mmexit", "bench"));
  private final ExplorationOptions options =
      new ExplorationOptions(
          "v2", Optional.empty(), OptionalLong.of(EXECUTIONS), OptionalInt.empty(), 1, true);
  private List<LoadedScenario> sample = List.of();

  /** Which scenario a worker takes next. */
  @State(Scope.Thread)
  public static class Next {
    private int number;
  }

  /** Takes the same scenarios of the size every time, from all over it. */
  @Setup
  public void generate() {
    Size parsed = Size.parse(size);
    long stride = Math.max(1, Generator.count(parsed, Plausibility.PLAUSIBLE) / SAMPLE);
    List<LoadedScenario> taken = new ArrayList<>();
    long[] number = {0};
    Generator.scenarios(parsed, Plausibility.PLAUSIBLE)
        .filter(scenario -> number[0]++ % stride == 0)
        .forEach(scenario -> taken.add(checker.loaded(scenario, Path.of(scenario.name()))));
    Collections.shuffle(taken, new Random(1));
    sample = List.copyOf(taken);
  }

  /** Explores the next one. */
  @Benchmark
  public ScenarioResult explore(Next next) {
    LoadedScenario scenario = sample.get(next.number++ % sample.size());
    return checker.check(scenario, options, (states, executions, findings) -> {});
  }
}
