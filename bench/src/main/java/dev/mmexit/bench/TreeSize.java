package dev.mmexit.bench;

import dev.mmexit.explorer.engine.Choice;
import dev.mmexit.explorer.engine.ControlledContext;
import dev.mmexit.explorer.engine.ControlledEngine;
import dev.mmexit.explorer.engine.Granularity;
import dev.mmexit.explorer.engine.Sharing;
import dev.mmexit.explorer.search.Explorer;
import dev.mmexit.explorer.search.Instance;
import dev.mmexit.scenario.Host;
import dev.mmexit.scenario.World;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Estimates how many places the tree of all executions has, where nothing is remembered: the mean
 * over random executions of the sum of the products of their numbers of choices (Knuth, "Estimating
 * the efficiency of backtrack programs", Mathematics of Computation 29, 1975). The mean is right; a
 * few executions are more often far below it than above.
 */
final class TreeSize {
  private final SplittableRandom random = new SplittableRandom(1);
  private double product;
  private double places;
  private int steps;

  /**
   * The estimate for a world.
   *
   * @param sharing what is known of shared memory: where fields race there are more choices
   * @param executions how many random executions
   */
  double estimate(Function<Host, ? extends World> world, Sharing sharing, int executions) {
    double sum = 0;
    try (Instance instance = new Instance(world, Granularity.EVERY_OPERATION, sharing)) {
      for (int i = 0; i < executions; i++) {
        product = 1;
        places = 1;
        steps = 0;
        instance.execute(this::choose);
        sum += places;
      }
    }
    return sum / executions;
  }

  private @Nullable ControlledContext choose(
      ControlledEngine engine, @Nullable ControlledContext last) {
    List<Byte> choices = new ArrayList<>();
    ControlledContext choosing = engine.choosing();
    if (choosing != null) {
      choices.add(Choice.of(choosing));
      choices.add(Choice.failing(choosing));
    } else {
      for (ControlledContext context : engine.contexts()) {
        if (context.isEnabled()) {
          choices.add(Choice.of(context));
        }
      }
    }
    if (choices.isEmpty() || ++steps > Explorer.MAX_STEPS) {
      return null;
    }
    product *= choices.size();
    places += product;
    return Choice.take(engine, choices.get(random.nextInt(choices.size())));
  }
}
