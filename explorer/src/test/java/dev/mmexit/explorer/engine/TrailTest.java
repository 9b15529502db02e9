package dev.mmexit.explorer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.explorer.Scenarios;
import dev.mmexit.explorer.search.Instance;
import dev.mmexit.kernel.KernelBug;
import dev.mmexit.scenario.Host;
import dev.mmexit.scenario.World;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An execution that goes back into the one before comes to what one from the start comes to. */
class TrailTest {
  private static final int ROUNDS = 12;

  /** Random executions that learn what is shared. */
  private static final int WALKS = 40;

  private static final int MAX_STEPS = 400;

  /** What there is at a choice. */
  private record Moment(
      String contexts, long print0, long print1, long tail, String clocks, Footprint step) {}

  /** An execution: its choices, what there was before each, and the error at its end. */
  @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
  private record Run(byte[] choices, List<Moment> moments, String bug) {}

  @ParameterizedTest
  @MethodSource("dev.mmexit.explorer.Scenarios#names")
  void goesBackAsIfFromTheStart(String scenario) {
    Function<Host, World> worlds = Scenarios.worlds(scenario);
    Sharing sharing = new Sharing();
    try (Instance returning = new Instance(worlds, Granularity.REDUCED, sharing);
        Instance anew = new Instance(worlds, Granularity.REDUCED, sharing)) {
      SplittableRandom random = new SplittableRandom(7);
      for (int i = 0; i < WALKS; i++) {
        run(anew, new byte[0], 0, random.nextLong(), false);
      }
      byte[] last = {};
      int compared = 0;
      for (int i = 0; i < ROUNDS; i++) {
        int kept = last.length == 0 ? 0 : random.nextInt(last.length);
        byte[] plan = Arrays.copyOf(last, kept);
        long seed = random.nextLong();
        final long known = sharing.changes();
        Run expected = run(anew, plan, kept, seed, false);
        Run found = run(returning, plan, kept, seed, true);
        last = found.choices;
        // What is learned moves the scheduling points; a search starts again then.
        if (sharing.changes() != known) {
          last = new byte[0];
          continue;
        }
        compared++;
        assertThat(found.choices).isEqualTo(expected.choices);
        assertThat(found.bug).isEqualTo(expected.bug);
        assertThat(found.moments).usingRecursiveComparison().isEqualTo(expected.moments);
      }
      assertThat(compared).isGreaterThan(ROUNDS / 2);
    }
  }

  @Test
  void carriesOutOnlyWhatIsNew() {
    try (Instance instance =
        new Instance(Scenarios.worlds("exit-vs-detach"), Granularity.REDUCED, new Sharing())) {
      for (int i = 0; i < WALKS; i++) {
        run(instance, new byte[0], 0, i, false);
      }
      Run first = run(instance, new byte[0], 0, WALKS, false);
      int kept = first.choices.length - 2;
      long before = instance.engine().steps();
      Run second = run(instance, Arrays.copyOf(first.choices, kept), kept, 3, true);
      assertThat(kept).isPositive();
      assertThat(instance.engine().steps() - before).isEqualTo(second.choices.length - kept);
    }
  }

  /** Executes {@code plan}, and goes on at random. */
  private static Run run(Instance instance, byte[] plan, int kept, long seed, boolean returns) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Moment> moments = new ArrayList<>();
    byte[] choices = Arrays.copyOf(plan, MAX_STEPS);
    int[] count = new int[1];
    Chooser chooser =
        (engine, last) -> {
          int at = engine.depth();
          count[0] = at;
          if (at >= plan.length) {
            // What the last step did is not asked for where it is known.
            moments.add(moment(engine, at > plan.length));
          }
          byte choice = at < plan.length ? plan[at] : any(engine, random);
          if (choice == NOBODY || at == MAX_STEPS) {
            return null;
          }
          engine.repeat(at < kept);
          choices[at] = choice;
          count[0]++;
          return Choice.take(engine, choice);
        };
    KernelBug bug = returns ? instance.execute(chooser, plan, kept) : instance.execute(chooser);
    return new Run(Arrays.copyOf(choices, count[0]), moments, bug == null ? "" : bug.sentence());
  }

  private static final byte NOBODY = -1;

  private static Moment moment(ControlledEngine engine, boolean isNew) {
    List<ControlledContext> contexts = engine.contexts();
    StringBuilder clocks = new StringBuilder();
    for (ControlledContext context : contexts) {
      for (int i = 0; i < contexts.size(); i++) {
        clocks.append(context.clock().get(i)).append(' ');
      }
    }
    return new Moment(
        contexts.stream()
            .map(context -> context.name() + " " + context.pendingOp() + " " + context.function())
            .toList()
            .toString(),
        engine.fingerprint0(),
        engine.fingerprint1(),
        isNew ? engine.tail() : 0,
        clocks.toString(),
        isNew ? engine.footprint() : Footprint.EMPTY);
  }

  private static byte any(ControlledEngine engine, SplittableRandom random) {
    ControlledContext choosing = engine.choosing();
    if (choosing != null) {
      return random.nextBoolean() ? Choice.of(choosing) : Choice.failing(choosing);
    }
    List<ControlledContext> enabled =
        engine.contexts().stream().filter(ControlledContext::isEnabled).toList();
    return enabled.isEmpty() ? NOBODY : Choice.of(enabled.get(random.nextInt(enabled.size())));
  }
}
