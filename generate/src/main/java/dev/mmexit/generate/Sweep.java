package dev.mmexit.generate;

import dev.mmexit.explorer.CheckerFacade;
import dev.mmexit.explorer.ExplorationOptions;
import dev.mmexit.explorer.MemoryModel;
import dev.mmexit.explorer.result.Finding;
import dev.mmexit.explorer.result.ScenarioResult;
import dev.mmexit.explorer.result.SweepResult;
import dev.mmexit.explorer.result.Tool;
import dev.mmexit.kernel.FindingKind;
import dev.mmexit.scenario.SetUpFailed;
import dev.mmexit.scenario.format.Scenario;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Explores every generated scenario of a size. Workers take whole scenarios, so that each is
 * explored by one thread. What is kept of a scenario are counts, and its findings where it is the
 * first to show them. The result does not depend on the number of workers.
 */
public final class Sweep {
  private final CheckerFacade checker;
  private final ExplorationOptions options;
  private final @Nullable MemoryModel memory;
  private final Progress progress;

  /** Hears how far a sweep has come, from any thread, one at a time. */
  @FunctionalInterface
  public interface Progress {
    /**
     * One more scenario is done.
     *
     * @param scenarios how many are
     * @param findings how many distinct findings there are
     * @param scenario the name of the last one
     */
    void progress(long scenarios, int findings, String scenario);
  }

  /**
   * A sweep.
   *
   * @param options the variant, the bounds of each scenario, and how many workers there are
   * @param memory what becomes of freed memory; null leaves it as it is
   */
  public Sweep(
      CheckerFacade checker,
      ExplorationOptions options,
      @Nullable MemoryModel memory,
      Progress progress) {
    this.checker = checker;
    this.options = options;
    this.memory = memory;
    this.progress = progress;
  }

  /** Explores all scenarios of a size. */
  public SweepResult run(Size size, Plausibility plausibility, Tool tool) {
    Tally tally = new Tally(size);
    Iterator<Scenario> scenarios = Generator.scenarios(size, plausibility).iterator();
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    List<Thread> helpers = new ArrayList<>();
    for (int i = 1; i < options.workers(); i++) {
      Thread helper = new Thread(() -> work(scenarios, tally, failure), "mmexit sweep " + i);
      helper.setDaemon(true);
      helper.start();
      helpers.add(helper);
    }
    work(scenarios, tally, failure);
    for (Thread helper : helpers) {
      join(helper);
    }
    Throwable thrown = failure.get();
    if (thrown != null) {
      throw new IllegalStateException("the sweep failed: " + thrown, thrown);
    }
    return tally.result(tool, plausibility);
  }

  private static void join(Thread helper) {
    try {
      helper.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void work(
      Iterator<Scenario> scenarios, Tally tally, AtomicReference<@Nullable Throwable> failure) {
    ExplorationOptions alone =
        new ExplorationOptions(
            options.variant(),
            options.maxTime(),
            options.maxExecutions(),
            options.preemptions(),
            1,
            options.reduction());
    try {
      for (Numbered next = take(scenarios, tally);
          next != null && failure.get() == null;
          next = take(scenarios, tally)) {
        explore(next, alone, tally);
      }
    } catch (RuntimeException | Error thrown) {
      failure.compareAndSet(null, thrown);
    }
  }

  private record Numbered(long number, Scenario scenario) {}

  private static @Nullable Numbered take(Iterator<Scenario> scenarios, Tally tally) {
    synchronized (scenarios) {
      return scenarios.hasNext() ? new Numbered(++tally.taken, scenarios.next()) : null;
    }
  }

  private void explore(Numbered next, ExplorationOptions alone, Tally tally) {
    Scenario scenario =
        memory == null
            ? next.scenario
            : next.scenario.with(dev.mmexit.scenario.format.MemoryModel.valueOf(memory.name()));
    Path file = Path.of(scenario.name() + ".litmus");
    ScenarioResult result;
    try {
      result =
          checker.check(
              checker.loaded(scenario, file), alone, (states, executions, findings) -> {});
    } catch (SetUpFailed refused) {
      result = null;
    } catch (RuntimeException | Error thrown) {
      throw new IllegalStateException(scenario.name() + ": " + thrown, thrown);
    }
    tally.add(next.number, scenario, result);
  }

  /** What is known so far. */
  private final class Tally {
    private static final int SCENARIOS = 0;
    private static final int COMPLETE = 1;
    private static final int INCOMPLETE = 2;
    private static final int REFUSED = 3;
    private static final int CLEAN = 4;

    private final Size size;

    /** For each number of operations of the longest thread, less one. */
    private final long[][] counts;

    private final Map<FindingKind, long[]> kinds = new EnumMap<>(FindingKind.class);
    private final Map<FindingClass, First> distinct = new TreeMap<>();
    private long taken;
    private long done;

    private Tally(Size size) {
      this.size = size;
      counts = new long[size.operations()][CLEAN + 1];
    }

    private synchronized void add(long number, Scenario scenario, @Nullable ScenarioResult result) {
      int longest =
          scenario.threads().stream().mapToInt(thread -> thread.steps().size()).max().orElse(1);
      long[] column = counts[longest - 1];
      column[SCENARIOS]++;
      if (result == null) {
        column[REFUSED]++;
      } else {
        column[result.complete() ? COMPLETE : INCOMPLETE]++;
        if (result.complete() && result.findings().isEmpty()) {
          column[CLEAN]++;
        }
        add(number, scenario, longest, result.findings());
      }
      done++;
      progress.progress(done, distinct.size(), scenario.name());
    }

    private void add(long number, Scenario scenario, int longest, List<Finding> findings) {
      Set<FindingClass> classes = new HashSet<>();
      Set<FindingKind> shown = new TreeSet<>();
      for (Finding finding : findings) {
        FindingClass its = FindingClass.of(scenario, finding);
        shown.add(its.kind());
        if (classes.add(its)) {
          distinct.computeIfAbsent(its, any -> new First()).add(number, scenario, finding);
        }
      }
      shown.forEach(
          kind -> kinds.computeIfAbsent(kind, any -> new long[size.operations()])[longest - 1]++);
    }

    private synchronized SweepResult result(Tool tool, Plausibility plausibility) {
      List<SweepResult.Column> columns = new ArrayList<>();
      for (int longest = 1; longest <= size.operations(); longest++) {
        long[] n = counts[longest - 1];
        columns.add(
            new SweepResult.Column(
                size.threads() + "x" + longest,
                n[SCENARIOS],
                n[COMPLETE],
                n[INCOMPLETE],
                n[REFUSED],
                n[CLEAN]));
      }
      List<SweepResult.Row> rows = new ArrayList<>();
      for (Map.Entry<FindingKind, long[]> entry : kinds.entrySet()) {
        List<Long> cells = new ArrayList<>();
        for (long count : entry.getValue()) {
          cells.add(count);
        }
        rows.add(new SweepResult.Row(entry.getKey(), cells));
      }
      List<SweepResult.Distinct> findings = new ArrayList<>();
      distinct.forEach((its, first) -> findings.add(first.report(its)));
      return new SweepResult(
          tool,
          SweepResult.FORMAT,
          memory == null ? null : memory.label(),
          size.toString(),
          plausibility == Plausibility.ANY,
          options.variant(),
          columns,
          rows,
          findings);
    }
  }

  /** The first scenario that shows a finding. */
  private static final class First {
    private long count;
    private long number = Long.MAX_VALUE;
    private @Nullable Scenario scenario;
    private @Nullable Finding finding;

    private void add(long itsNumber, Scenario itsScenario, Finding itsFinding) {
      count++;
      if (itsNumber < number) {
        number = itsNumber;
        scenario = itsScenario;
        finding = itsFinding;
      }
    }

    private SweepResult.Distinct report(FindingClass its) {
      if (scenario == null || finding == null) {
        throw new IllegalStateException("a finding of no scenario");
      }
      return new SweepResult.Distinct(
          its.kind(),
          its.place(),
          its.functions(),
          count,
          number,
          scenario.name(),
          scenario.sourceText(),
          finding);
    }
  }
}
