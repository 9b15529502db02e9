package dev.mmexit.bench;

import dev.mmexit.explorer.search.Bounds;
import dev.mmexit.explorer.search.Exploration;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * Complete explorations, set-up and shortest schedules included; and parts of those without the
 * reduction, in which each operation of a primitive is a step of its own.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(1)
public class ExploreBenchmark {
  /** Two to five threads; {@code -p scenario=FILE.litmus} for any other. */
  @Param({
    "exit-detach",
    "exit-exit-detach",
    "exit-exit-attach-detach",
    "exit-exit-bind-attach-detach"
  })
  public String scenario = "";

  /** How many threads explore; {@code -p workers=2} for more. */
  @Param("1")
  public int workers;

  /** What a part of an exploration without the reduction has of executions. */
  private static final Bounds PART = new Bounds(null, 20_000L, null);

  private BenchScenario loaded;

  /** What was explored, for each second. */
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  @State(Scope.Thread)
  public static class Counters {
    /** Distinct states. */
    public long states;

    /** Executions. */
    public long executions;

    /** Distinct transitions. */
    public long transitions;

    /** Steps of all executions, those that executions went back over included. */
    public long steps;

    /** Steps that were carried out. */
    public long carriedOut;

    /**
     * Operations of primitives and plain accesses: what steps that were carried out are made of.
     */
    public long operations;
  }

  /** Reads the scenario. */
  @Setup
  public void read() throws IOException {
    loaded =
        scenario.endsWith(".litmus")
            ? BenchScenario.file(Path.of(scenario))
            : BenchScenario.resource(scenario);
  }

  /** Explores it. */
  @Benchmark
  public Exploration explore(Counters counters) {
    return explore(counters, Bounds.NONE, true);
  }

  /** Explores a part of it in single operations. */
  @Benchmark
  public Exploration unreduced(Counters counters) {
    return explore(counters, PART, false);
  }

  private Exploration explore(Counters counters, Bounds bounds, boolean reduction) {
    Exploration exploration = loaded.explore(bounds, workers, reduction);
    counters.states += exploration.states();
    counters.executions += exploration.executions();
    counters.transitions += exploration.transitions();
    counters.steps += exploration.steps();
    counters.carriedOut += exploration.carriedOut();
    counters.operations += exploration.operations();
    return exploration;
  }
}
