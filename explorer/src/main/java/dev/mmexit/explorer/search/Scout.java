package dev.mmexit.explorer.search;

import dev.mmexit.explorer.engine.Choice;
import dev.mmexit.explorer.engine.ControlledContext;
import dev.mmexit.explorer.engine.ControlledEngine;
import dev.mmexit.explorer.engine.Sharing;
import dev.mmexit.kernel.KernelBug;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Runs executions at random, so that most of what is shared is known before much of the search has
 * been done without that knowledge. What this misses, the search finds; it then starts again.
 *
 * <p>Some executions choose anew at every step, some seldom switch, and some follow random
 * priorities that change a few times, as in Burckhardt et al., "A Randomized Scheduler with
 * Probabilistic Guarantees of Finding Bugs", 2010: what is rare for one of them is not for another.
 */
final class Scout {
  /** How often priorities change in an execution. */
  private static final int CHANGES = 3;

  private static final int HIGHEST = 1 << 20;

  /** How many of the calls that may fail do. */
  private static final int ONE_IN = 8;

  private final Instance instance;
  private final Sharing sharing;
  private final Limits limits;
  private final SplittableRandom random;
  private final int[] priorities = new int[Labels.MAX];
  private final int[] changes = new int[CHANGES];
  private Style style = Style.ANEW;
  private int steps;
  private long total;
  private int length = 50;

  /** How an execution goes on at a step. */
  private enum Style {
    ANEW,
    STAYING,
    BY_PRIORITY
  }

  Scout(Instance instance, Sharing sharing, Limits limits, long seed) {
    this.instance = instance;
    this.sharing = sharing;
    this.limits = limits;
    this.random = new SplittableRandom(seed);
  }

  /**
   * Runs {@code count} executions, or as many as there is time for.
   *
   * @param patience after so many of them in a row that have shown nothing new it is left to the
   *     search
   */
  void scout(int count, int patience) {
    long known = sharing.changes();
    int inVain = 0;
    for (int i = 0; i < count && inVain < patience && !limits.isLate(); i++) {
      style = Style.values()[i % Style.values().length];
      steps = 0;
      for (int j = 0; j < priorities.length; j++) {
        priorities[j] = random.nextInt(HIGHEST);
      }
      for (int j = 0; j < CHANGES; j++) {
        changes[j] = random.nextInt(length) + 1;
      }
      KernelBug bug = instance.execute(this::choose);
      // The last choice is nobody, unless an error came first.
      total += bug == null ? steps - 1 : steps;
      length = (3 * length + steps) / 4 + 1;
      inVain = sharing.changes() == known ? inVain + 1 : 0;
      known = sharing.changes();
    }
  }

  /** The steps that were executed. */
  long steps() {
    return total;
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
    return switch (style) {
      case ANEW -> any(engine);
      case STAYING ->
          last != null && last.isEnabled() && random.nextInt(4) != 0 ? last : any(engine);
      case BY_PRIORITY -> first(engine, last);
    };
  }

  /** One of those that can go on, each as likely as the other. */
  private @Nullable ControlledContext any(ControlledEngine engine) {
    ControlledContext chosen = null;
    int enabled = 0;
    for (ControlledContext context : engine.contexts()) {
      if (context.isEnabled() && random.nextInt(++enabled) == 0) {
        chosen = context;
      }
    }
    return chosen;
  }

  private @Nullable ControlledContext first(
      ControlledEngine engine, @Nullable ControlledContext last) {
    for (int change : changes) {
      if (change == steps && last != null) {
        priorities[last.index() % priorities.length] = -steps;
      }
    }
    ControlledContext chosen = null;
    int highest = 0;
    for (ControlledContext context : engine.contexts()) {
      int priority = priorities[context.index() % priorities.length];
      if (context.isEnabled() && (chosen == null || priority > highest)) {
        chosen = context;
        highest = priority;
      }
    }
    return chosen;
  }
}
