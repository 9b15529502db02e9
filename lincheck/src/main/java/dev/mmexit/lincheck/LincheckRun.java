package dev.mmexit.lincheck;

import dev.mmexit.kernel.Cell;
import dev.mmexit.kernel.Context;
import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.FindingKind;
import dev.mmexit.kernel.KernelBug;
import dev.mmexit.kernel.Struct;
import dev.mmexit.kernel.threads.RunResult;
import dev.mmexit.kernel.threads.ThreadEngine;
import dev.mmexit.scenario.AtRest;
import dev.mmexit.scenario.Host;
import dev.mmexit.scenario.ScenarioWorld;
import dev.mmexit.scenario.Violation;
import dev.mmexit.scenario.format.Condition;
import dev.mmexit.scenario.format.Scenario;
import dev.mmexit.variant.Variant;
import java.lang.reflect.Method;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jspecify.annotations.Nullable;

/**
 * Has Lincheck's model checker run a scenario until it is out of schedules or the budget is spent.
 *
 * <p>It begins without knowing where contexts can disturb each other, and starts again with what it
 * has seen, until it sees nothing new.
 */
public final class LincheckRun implements Current.Run {
  /** How many executions go on after the first news before the exploration starts again. */
  private static final int AFTER_NEWS = 50;

  private static final int MANY = 1_000_000;

  private final Variant variant;
  private final Scenario scenario;
  private final long budget;
  private final Points points = new Points();
  private final Choices choices = new Choices();
  private final Histories histories;
  private final Map<FindingKind, Verdict.Seen> findings = new EnumMap<>(FindingKind.class);
  private long executions;
  private long newsAt;
  private boolean satisfied;

  /** Of which kind a finding is to be shown by Lincheck's trace; null for none. */
  private @Nullable FindingKind wanted;

  private @Nullable Execution current;

  /** What ends an exploration so that another one can begin. */
  private static final class StartAgain extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StartAgain() {
      super("start again", null, false, false);
    }
  }

  private LincheckRun(Variant variant, Scenario scenario, long budget, boolean prunes) {
    histories = new Histories(prunes);
    this.variant = variant;
    this.scenario = scenario;
    this.budget = budget;
  }

  /**
   * Explores a scenario.
   *
   * @param budget the most executions
   */
  public static Verdict of(Variant variant, Scenario scenario, long budget) {
    return of(variant, scenario, budget, true);
  }

  /**
   * Explores a scenario.
   *
   * @param budget the most executions
   * @param prunes whether an execution ends where another one has been: see {@link Histories}
   */
  public static Verdict of(Variant variant, Scenario scenario, long budget, boolean prunes) {
    return new LincheckRun(variant, scenario, budget, prunes).explore();
  }

  /**
   * Lincheck's report of the first execution that shows a finding of {@code kind}; empty where none
   * does within the budget.
   */
  public static Optional<String> trace(
      Variant variant, Scenario scenario, long budget, FindingKind kind) {
    LincheckRun run = new LincheckRun(variant, scenario, budget, true);
    run.wanted = kind;
    return Optional.ofNullable(run.explore().failure());
  }

  private Verdict explore() {
    long start = System.nanoTime();
    String failure = null;
    boolean complete = false;
    Current.set(this);
    try {
      do {
        complete = exploreChoice();
      } while (complete && choices.advance());
    } catch (LincheckAssertionError unexpected) {
      failure = unexpected.getMessage();
      complete = false;
    } finally {
      Current.set(null);
    }
    Condition condition = scenario.condition();
    if (complete
        && condition != null
        && condition.quantifier() == Condition.Quantifier.EXISTS
        && !satisfied) {
      see(FindingKind.CONDITION, "no final state satisfies " + condition.text());
    }
    return new Verdict(
        findings, executions, complete, points.size(), (System.nanoTime() - start) / 1e9, failure);
  }

  /** Explores with the same calls failing; whether all schedules were executed. */
  private boolean exploreChoice() {
    while (true) {
      long left = budget - executions;
      long before = executions;
      newsAt = 0;
      histories.clear();
      try {
        if (left > 0) {
          options((int) left).check(ScenarioThreads.class);
        }
      } catch (StartAgain news) {
        // The points are not enough.
      }
      if (executions >= budget) {
        return false;
      }
      if (!points.hasNews()) {
        return executions - before < left;
      }
      points.learn();
    }
  }

  /** What Lincheck has to know about {@link Schedule} and {@link Current}. */
  static ModelCheckingOptions guarantees(ModelCheckingOptions options) {
    return options
        .loopIterationsBeforeThreadSwitch(MANY)
        .loopBound(MANY)
        .recursionBound(MANY)
        .addGuarantee(
            ManagedStrategyGuaranteeKt.forClasses("dev.mmexit.lincheck.Schedule")
                .methods("before")
                .treatAsAtomic())
        // No switches but those that a wait forces: what is done here nobody else can tell.
        .addGuarantee(
            ManagedStrategyGuaranteeKt.forClasses("dev.mmexit.lincheck.Schedule")
                .methods("awaitQuietly", "wakeQuietly", "startQuietly", "joinQuietly")
                .mute$lincheck())
        .addGuarantee(
            ManagedStrategyGuaranteeKt.forClasses("dev.mmexit.lincheck.Current")
                .allMethods()
                .ignore());
  }

  private ModelCheckingOptions options(int invocations) {
    try {
      Method run = ScenarioThreads.class.getMethod("run", String.class);
      List<List<Actor>> threads =
          scenario.threads().stream()
              .map(thread -> List.of(new Actor(run, List.of(thread.name()))))
              .toList();
      return guarantees(new ModelCheckingOptions())
          .addCustomScenario(new ExecutionScenario(List.of(), threads, List.of(), null))
          .iterations(0)
          .invocationsPerIteration(invocations)
          .minimizeFailedScenario(false)
          .verifier(ScenarioThreads.AtEnd.class);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void begin() {
    choices.begin();
    current = new Execution();
  }

  @Override
  public int run(String thread) {
    return Objects.requireNonNull(current).run(thread);
  }

  @Override
  public boolean end() {
    executions++;
    Objects.requireNonNull(current).end();
    if (wanted != null && findings.containsKey(wanted)) {
      return false;
    }
    if (points.hasNews()) {
      if (newsAt == 0) {
        newsAt = executions;
      }
      if (executions - newsAt >= AFTER_NEWS) {
        throw new StartAgain();
      }
    }
    return true;
  }

  private void see(FindingKind kind, String sentence) {
    findings.putIfAbsent(kind, new Verdict.Seen(executions, sentence));
  }

  /** One execution: a world of its own. */
  private final class Execution implements Host, Clocks.Listener {
    private final SerialHarness harness =
        new SerialHarness(points, this, choices, histories, wanted != null);
    private final ThreadEngine engine = new ThreadEngine(harness);
    private final ScenarioWorld world = new ScenarioWorld(this, variant, scenario);
    private @Nullable String race;

    Execution() {
      engine.enlist(world.threads());
      harness.endSetUp();
    }

    @Override
    public Engine engine() {
      return engine;
    }

    @Override
    public void settle() {
      while (harness.idle()) {
        // Whatever was left behind has had its turn.
      }
    }

    @Override
    public List<Struct> structs() {
      return harness.structs();
    }

    int run(String thread) {
      return engine.perform(
          thread,
          () -> {
            world.run(world.threads().indexOf(thread), operation -> {});
            return 0;
          });
    }

    @Override
    public void contended(long key) {
      points.contended(key);
    }

    @Override
    public void race(Context context, Cell cell) {
      if (race == null) {
        race = "nothing orders " + context.name() + "'s access to " + cell.describe();
      }
    }

    void end() {
      RunResult result = engine.result();
      if (race != null) {
        see(FindingKind.DATA_RACE, race);
      }
      if (harness.isGivenUp()) {
        return;
      }
      result.warnings().forEach(warning -> see(FindingKind.WARNING, warning));
      KernelBug bug = result.bug();
      if (bug != null) {
        see(bug.kind(), bug.sentence());
        return;
      }
      if (!engine.contexts().isEmpty()) {
        throw new IllegalStateException(
            "Lincheck went on while these had not ended: "
                + engine.contexts().stream().map(Context::name).toList());
      }
      AtRest rest = world.atRest();
      satisfied |= rest.state().satisfies();
      for (Violation violation : rest.violations()) {
        see(violation.kind(), violation.sentence());
      }
    }
  }
}
