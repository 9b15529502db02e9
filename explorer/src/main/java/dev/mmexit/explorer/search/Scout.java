package dev.mmexit.explorer.search;

import dev.mmexit.explorer.engine.Choice;
import dev.mmexit.explorer.engine.ControlledContext;
import dev.mmexit.explorer.engine.ControlledEngine;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Runs some executions at random before the search, so that most of what is shared is known when it
 * begins. What this misses, the search finds; it then starts again.
 */
final class Scout {
  private static final int EXECUTIONS = 200;

  /** How many of the calls that may fail do. */
  private static final int ONE_IN = 8;

  private final Instance instance;
  private final SplittableRandom random = new SplittableRandom(1);
  private int steps;

  Scout(Instance instance) {
    this.instance = instance;
  }

  void scout() {
    for (int i = 0; i < EXECUTIONS; i++) {
      steps = 0;
      instance.execute(this::choose);
    }
  }

  private @Nullable ControlledContext choose(
      ControlledEngine engine, @Nullable ControlledContext last) {
    if (++steps > Explorer.MAX_STEPS) {
      return null;
    }
    ControlledContext choosing = engine.choosing();
    if (choosing != null) {
      return Choice.take(
          engine, random.nextInt(ONE_IN) == 0 ? Choice.failing(choosing) : Choice.of(choosing));
    }
    ControlledContext chosen = null;
    int enabled = 0;
    for (ControlledContext context : engine.contexts()) {
      // One of those that can go on, each as likely as the other.
      if (context.isEnabled() && random.nextInt(++enabled) == 0) {
        chosen = context;
      }
    }
    return chosen;
  }
}
