package dev.mmexit.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Errno;
import dev.mmexit.kernel.Struct;
import dev.mmexit.kernel.threads.Harness;
import dev.mmexit.kernel.threads.ThreadEngine;
import dev.mmexit.scenario.format.Operation;
import dev.mmexit.scenario.format.Position;
import dev.mmexit.scenario.format.Scenario;
import dev.mmexit.scenario.format.ScenarioParser;
import dev.mmexit.scenario.format.Step;
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
import org.junit.jupiter.api.Test;

/** Operations that a harness chooses itself, one by one, in the world of a scenario. */
class ScenarioWorldTest {
  private static final String WORLD =
      """
      VFIO performed
      {
        container C0
        group G0 = D0
        process P0
        attach C0 G0
        %s
      }
       T0            ;
       r0 = exit P0  ;
      """;

  private final Threads threads = new Threads();

  /** Real threads, and a count of structs. */
  private static final class Threads implements Harness, Host {
    private final Executor pool = Executors.newCachedThreadPool();
    private final Queue<Struct> structs = new ConcurrentLinkedQueue<>();
    private final ThreadEngine engine = new ThreadEngine((Harness) this);

    @Override
    public void execute(Runnable context) {
      pool.execute(context);
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

  private ScenarioWorld world(String setUp) {
    Scenario scenario =
        ScenarioParser.parse(
                "performed",
                WORLD.formatted(setUp).getBytes(StandardCharsets.UTF_8),
                Set.copyOf(Variants.names()))
            .scenario();
    return new ScenarioWorld(
        threads, Variants.find("v2").orElseThrow(), Objects.requireNonNull(scenario));
  }

  private int perform(ScenarioWorld world, Operation operation, @Nullable String register) {
    Step step = Step.of(operation, register, new Position(1, 1));
    return threads.engine.perform("T0", () -> world.perform("T0", step));
  }

  @Test
  void givesTheResultOfEachOperation() {
    ScenarioWorld world = world("");

    assertThat(perform(world, new Operation.Bind("C0", "P0", null), null)).isPositive();
    assertThat(perform(world, new Operation.Unbind("C0", "P0", null), null)).isZero();
    assertThat(perform(world, new Operation.Unbind("C0", "P0", null), null))
        .isEqualTo(-Errno.ESRCH);
  }

  @Test
  void operationsFindWhatThoseBeforeThemLeft() {
    ScenarioWorld world = world("bind C0 P0");

    assertThat(world.atRest().state().facts()).contains("bound(D0,P0)");
    assertThat(perform(world, new Operation.Detach("C0", "G0"), null)).isZero();
    assertThat(world.atRest().state().facts()).doesNotContain("bound(D0,P0)");
  }

  /** Whose they are only the harness knows. */
  @Test
  void keepsNoResultInARegister() {
    ScenarioWorld world = world("");

    perform(world, new Operation.Bind("C0", "P0", null), "r0");

    assertThat(world.atRest().state().registers().values()).allMatch(value -> value == 0);
  }

  @Test
  void whatIsLeftBehindCountsOnceItHasEnded() {
    ScenarioWorld world = world("bind C0 P0");

    perform(world, new Operation.Exit("P0"), null);
    threads.settle();

    assertThat(world.atRest().violations()).isEmpty();
    assertThat(threads.engine.result().isClean()).isTrue();
  }

  @Test
  void setUpThatFailsIsSaid() {
    assertThatExceptionOfType(SetUpFailed.class)
        .isThrownBy(() -> world("unbind C0 P0"))
        .withMessageContaining("ESRCH");
  }
}
