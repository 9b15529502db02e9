package dev.mmexit.lincheck;

import dev.mmexit.kernel.Cell;
import dev.mmexit.kernel.Context;
import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.KernelBug;
import dev.mmexit.kernel.Struct;
import dev.mmexit.kernel.threads.Harness;
import dev.mmexit.kernel.threads.ThreadEngine;
import dev.mmexit.scenario.Host;
import dev.mmexit.scenario.ScenarioWorld;
import dev.mmexit.scenario.Violation;
import dev.mmexit.scenario.format.Operation;
import dev.mmexit.scenario.format.ParseResult;
import dev.mmexit.scenario.format.Position;
import dev.mmexit.scenario.format.Scenario;
import dev.mmexit.scenario.format.ScenarioParser;
import dev.mmexit.scenario.format.Step;
import dev.mmexit.variant.Variant;
import dev.mmexit.variant.Variants;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Two containers, three groups and two processes, for operations in any order: {@code G0} and
 * {@code G1} join {@code C0} only, {@code G2} joins {@code C1}, as the vfio layer lets a group be
 * in one container at a time.
 */
public final class LinearContainers implements Current.Run {
  private static final String WORLD =
      """
      VFIO linear
      {
        container C0
        container C1
        group G0 = D0
        group G1 = D1
        group G2 = D2
        process P0
        process P1
        attach C0 G0
        attach C1 G2
      }
       T0  ;
       nop ;
      """;

  private static final Scenario SCENARIO = parsed();

  /** Who runs the operations. */
  private enum Threads {
    /** Lincheck's model checker, one at a time. */
    SCHEDULED,
    /** One thread, and what an operation leaves behind is run before the next. */
    ONE,
    /** Any number of them, on real cores. */
    REAL
  }

  private final Variant variant;
  private final Threads threads;
  private @Nullable Execution current;

  private LinearContainers(Variant variant, Threads threads) {
    this.variant = variant;
    this.threads = threads;
  }

  /** Makes Lincheck's next executions be of these, with the code of a variant. */
  public static void use(Variant variant) {
    Current.set(new LinearContainers(variant, Threads.SCHEDULED));
  }

  /** Has one operation run after the other, each with what it leaves behind, and no Lincheck. */
  public static void useAlone(Variant variant) {
    Current.set(new LinearContainers(variant, Threads.ONE));
  }

  /** Has threads race that nobody schedules, as Lincheck's stress testing does. */
  public static void useRealThreads(Variant variant) {
    Current.set(new LinearContainers(variant, Threads.REAL));
  }

  private static Scenario parsed() {
    ParseResult result =
        ScenarioParser.parse(
            "linear", WORLD.getBytes(StandardCharsets.UTF_8), Set.copyOf(Variants.names()));
    return Objects.requireNonNull(result.scenario(), () -> result.diagnostics().toString());
  }

  /** The container that a group can be in. */
  private static String containerOf(String group) {
    return group.equals("G2") ? "C1" : "C0";
  }

  private static Operation operation(String text) {
    String[] words = text.split(" ", -1);
    return switch (words[0]) {
      case "attach" -> new Operation.Attach(containerOf(words[1]), words[1]);
      case "detach" -> new Operation.Detach(containerOf(words[1]), words[1]);
      case "bind" -> new Operation.Bind(words[1], words[2], null);
      case "unbind" -> new Operation.Unbind(words[1], words[2], null);
      case "exit" -> new Operation.Exit(words[1]);
      case "dma" -> new Operation.Dma(words[1], words[2]);
      default -> throw new IllegalArgumentException(text);
    };
  }

  @Override
  public void begin() {
    current = new Execution();
  }

  @Override
  public boolean end() {
    return true;
  }

  @Override
  public int run(String operation) {
    return Objects.requireNonNull(current).perform(operation);
  }

  /** What is wrong now that everything has finished; empty for nothing. */
  public static List<String> violations() {
    Current.Run run = Current.current();
    return run instanceof LinearContainers containers
        ? Objects.requireNonNull(containers.current).violations()
        : List.of();
  }

  private final class Execution implements Host, Clocks.Listener {
    private final Queue<Struct> structs = new ConcurrentLinkedQueue<>();

    /** Null where the threads are real. */
    private final @Nullable SerialHarness serial =
        threads == Threads.REAL
            ? null
            : new SerialHarness(new Points(true), this, new Choices(), new Histories(false), true);

    private final ThreadEngine engine =
        new ThreadEngine(serial != null ? serial : new RealThreads(structs));
    private final ScenarioWorld world = new ScenarioWorld(this, variant, SCENARIO);

    Execution() {
      engine.enlist(List.of());
      if (serial != null && threads == Threads.SCHEDULED) {
        serial.endSetUp();
      }
    }

    int perform(String text) {
      Step step = Step.of(operation(text), null, new Position(1, 1));
      int result = engine.perform(text, () -> world.perform("T0", step));
      if (threads == Threads.ONE) {
        settle();
      }
      return result;
    }

    List<String> violations() {
      if (serial == null) {
        settle();
      }
      KernelBug bug = engine.result().bug();
      return bug != null
          ? List.of(bug.kind().label() + ": " + bug.sentence())
          : world.atRest().violations().stream().map(Execution::text).toList();
    }

    private static String text(Violation violation) {
      return violation.kind().label() + ": " + violation.sentence();
    }

    @Override
    public Engine engine() {
      return engine;
    }

    @Override
    public void settle() {
      if (serial == null) {
        engine.settle();
        return;
      }
      while (serial.idle()) {
        // Whatever was left behind has had its turn.
      }
    }

    @Override
    public List<Struct> structs() {
      return serial != null ? serial.structs() : List.copyOf(structs);
    }

    @Override
    public void contended(long key) {
      // Every operation is a point.
    }

    @Override
    public void race(Context context, Cell cell) {
      // Not asked here: the scenarios are.
    }
  }

  /** Kworkers and callbacks on threads of a pool. */
  private record RealThreads(Queue<Struct> structs) implements Harness {
    private static final Executor POOL =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "mmexit-context");
              thread.setDaemon(true);
              return thread;
            });

    @Override
    public void execute(Runnable context) {
      POOL.execute(context);
    }

    @Override
    public void allocated(Struct struct) {
      structs.add(struct);
    }
  }
}
