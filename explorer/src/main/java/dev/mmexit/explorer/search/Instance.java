package dev.mmexit.explorer.search;

import dev.mmexit.explorer.coroutine.Coroutines;
import dev.mmexit.explorer.engine.Chooser;
import dev.mmexit.explorer.engine.ControlledEngine;
import dev.mmexit.explorer.engine.Granularity;
import dev.mmexit.explorer.engine.Sharing;
import dev.mmexit.kernel.KernelBug;
import dev.mmexit.scenario.Host;
import dev.mmexit.scenario.World;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One world on one controlled engine: what a worker executes again and again. */
public final class Instance implements AutoCloseable {
  private static final byte[] NO_PLAN = {};

  private final Coroutines coroutines;
  private final ControlledEngine engine;
  private final World world;
  private final List<String> threads;

  /**
   * Builds the world and runs its set-up.
   *
   * @param factory makes the world for a host
   * @param granularity where contexts can be switched
   * @param sharing what is known of shared memory
   */
  public Instance(
      Function<Host, ? extends World> factory, Granularity granularity, Sharing sharing) {
    coroutines = Coroutines.best();
    engine = new ControlledEngine(coroutines, granularity, sharing);
    world = factory.apply(engine);
    engine.settle();
    engine.endSetUp();
    threads = world.threads();
  }

  /** The engine. */
  public ControlledEngine engine() {
    return engine;
  }

  /** The world. */
  public World world() {
    return world;
  }

  /** Runs one execution; the bug that ended it, or null. */
  public @Nullable KernelBug execute(Chooser chooser) {
    return execute(chooser, NO_PLAN, 0);
  }

  /**
   * Runs one execution of which it is known how it begins.
   *
   * @param plan the choices with which it begins, and maybe more
   * @param repeated how many of them are of steps that {@link ControlledEngine#repeat} is told to
   *     be known
   * @return the bug that ended it, or null
   */
  public @Nullable KernelBug execute(Chooser chooser, byte[] plan, int repeated) {
    return engine.execute(
        threads, index -> world.run(index, engine::beginOperation), chooser, plan, repeated);
  }

  @Override
  public void close() {
    coroutines.close();
  }
}
