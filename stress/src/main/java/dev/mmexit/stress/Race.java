package dev.mmexit.stress;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.KernelBug;
import dev.mmexit.kernel.Struct;
import dev.mmexit.kernel.threads.Harness;
import dev.mmexit.kernel.threads.RunResult;
import dev.mmexit.kernel.threads.ThreadEngine;
import dev.mmexit.scenario.Host;
import dev.mmexit.scenario.ScenarioWorld;
import dev.mmexit.variant.Variant;
import dev.mmexit.variant.Variants;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One sample: a scenario's world on the engine of real threads, its set-up carried out. Each actor
 * of a test runs one thread of the scenario, and the arbiter asks for the outcome.
 *
 * <p>Nothing in it can hang. A wait that can never end is known at once, as the engine knows who
 * would end it: all who take part are stopped, and the cycle is the outcome. Actors wait for each
 * other before they begin, so that they really race, but not for long, and then each a random while
 * on its own, so that every order has its chance.
 */
public abstract class Race {
  /** The system property that names the variant whose code is run; {@code v2} without it. */
  public static final String VARIANT = "mmexit.variant";

  private static final Variant CODE = variant();
  private static final VarHandle ARRIVED = arrivedHandle();

  /** How often an actor looks for the other, and then lets others run, before it goes on alone. */
  private static final int LOOKS = 500;

  private static final int YIELDS = 200;

  /** How long the random delay of an actor is at most, in turns of a loop. */
  private static final int JITTER = 500;

  private final String scenario;
  private final ThreadEngine engine;
  private final ScenarioWorld world;

  @SuppressWarnings("UnusedVariable") // counted through ARRIVED
  private int arrived;

  /** A world for {@code scenario}, a name in the catalogue. */
  protected Race(String scenario) {
    this.scenario = scenario;
    RealThreads threads = new RealThreads();
    engine = threads.engine;
    world = new ScenarioWorld(threads, CODE, Catalogue.scenario(scenario));
    engine.enlist(world.threads());
  }

  /** The variant that the system property asks for. */
  public static Variant variant() {
    String name = System.getProperty(VARIANT, "v2");
    return Variants.find(name)
        .orElseThrow(() -> new IllegalArgumentException("there is no variant " + name));
  }

  /** The name of the scenario. */
  public final String scenario() {
    return scenario;
  }

  /** Runs a thread of the scenario to its end, or until the world is stopped. */
  protected final void run(int thread) {
    rendezvous();
    try {
      engine.perform(
          world.threads().get(thread),
          () -> {
            world.run(thread, operation -> {});
            return 0;
          });
    } catch (KernelBug stopped) {
      // The engine knows it, and so will the arbiter.
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // where the other actor has no core, it is to get one
  private void rendezvous() {
    int actors = world.threads().size();
    ARRIVED.getAndAdd(this, 1);
    for (int i = 0; i < LOOKS + YIELDS && (int) ARRIVED.getAcquire(this) < actors; i++) {
      if (i < LOOKS) {
        Thread.onSpinWait();
      } else {
        Thread.yield();
      }
    }
    int delay = ThreadLocalRandom.current().nextInt(JITTER);
    for (int i = 0; i < delay; i++) {
      Thread.onSpinWait();
    }
  }

  /** What came of it, once the kworkers and callbacks have ended too. */
  protected final String outcome() {
    engine.settle();
    RunResult result = engine.result();
    KernelBug bug = result.bug();
    return bug == null ? Outcomes.of(world.atRest(), result.warnings()) : Outcomes.of(bug);
  }

  /** Runs contexts on threads of a pool, and keeps count of structs. */
  private static final class RealThreads implements Harness, Host {
    private static final Executor POOL =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "kworker");
              thread.setDaemon(true);
              return thread;
            });

    private final Queue<Struct> structs = new ConcurrentLinkedQueue<>();
    private final ThreadEngine engine = new ThreadEngine((Harness) this);

    @Override
    public void execute(Runnable context) {
      POOL.execute(context);
    }

    @Override
    public void allocated(Struct struct) {
      structs.add(struct);
    }

    @Override
    public Engine engine() {
      return engine;
    }

    @Override
    public void settle() {
      engine.settle();
    }

    @Override
    public List<Struct> structs() {
      return List.copyOf(structs);
    }
  }

  private static VarHandle arrivedHandle() {
    try {
      return MethodHandles.lookup().findVarHandle(Race.class, "arrived", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
