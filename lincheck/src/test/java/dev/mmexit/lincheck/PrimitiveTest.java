package dev.mmexit.lincheck;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Stream;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each primitive does what its specification says, and each broken twin does not. */
class PrimitiveTest {
  /** Enough for each twin to fail, several times over. */
  private static final int TWIN_ITERATIONS = 10;

  private static final int TWIN_INVOCATIONS = 300;

  /**
   * A primitive.
   *
   * @param threads the operations of each thread in the first scenario, by name; empty where
   *     Lincheck makes up that one too
   */
  private record Case(
      Class<?> primitive,
      Class<?> specification,
      List<Class<?>> twins,
      List<List<String>> threads) {
    Case(Class<?> primitive, Class<?> specification, List<Class<?>> twins) {
      this(primitive, specification, twins, List.of());
    }

    /** Whether Lincheck makes up more: not where someone has to end the wait of another. */
    boolean isMadeUp() {
      return !primitive.getName().contains("WaitPrimitives");
    }

    ExecutionScenario scenario(Class<?> of) {
      return new ExecutionScenario(
          List.of(),
          threads.stream()
              .map(
                  thread ->
                      thread.stream().map(name -> new Actor(method(of, name), List.of())).toList())
              .toList(),
          List.of(),
          null);
    }

    private static Method method(Class<?> of, String name) {
      try {
        return of.getMethod(name);
      } catch (NoSuchMethodException e) {
        throw new IllegalArgumentException(e);
      }
    }
  }

  private static final List<Case> CASES =
      List.of(
          new Case(
              Primitives.OnMutex.class,
              Primitives.Counter.class,
              List.of(Primitives.NoMutex.class)),
          new Case(Primitives.OnSpinLock.class, Primitives.Counter.class, List.of()),
          new Case(
              Primitives.OnRwSemaphore.class,
              Primitives.Pair.class,
              List.of(Primitives.ReadsToWrite.class),
              List.of(List.of("change", "change"), List.of("difference"))),
          new Case(
              Primitives.OnRefCount.class,
              Primitives.Referenced.class,
              List.of(Primitives.TakesFromZero.class, Primitives.LooksThenTakes.class)),
          new Case(
              Primitives.OnSrcu.class,
              Primitives.Place.class,
              List.of(Primitives.NoGrace.class, Primitives.NoSections.class)),
          new Case(
              Primitives.OnIdr.class,
              Primitives.Numbers.class,
              List.of(Primitives.UnlockedIdr.class)),
          new Case(
              Primitives.OnList.class,
              Primitives.Entries.class,
              List.of(Primitives.UnlockedList.class)),
          // Who waits has to be woken, so these are not made up.
          new Case(
              WaitPrimitives.OnWaitQueue.class,
              WaitPrimitives.Finished.class,
              List.of(
                  WaitPrimitives.LooksOnce.class,
                  WaitPrimitives.LooksNoMore.class,
                  WaitPrimitives.WakesTooEarly.class),
              List.of(List.of("await"), List.of("nudge", "finish"))),
          new Case(
              WaitPrimitives.OnWorkqueue.class,
              WaitPrimitives.Done.class,
              List.of(WaitPrimitives.NoFlush.class),
              List.of(List.of("queueAndFlush"), List.of("queueAndFlush"))));

  @TestFactory
  Stream<DynamicTest> primitive() {
    return CASES.stream()
        .map(
            one ->
                DynamicTest.dynamicTest(
                    one.primitive().getSimpleName(),
                    () ->
                        options(one, one.primitive(), Suite.iterations(), Suite.invocations())
                            .check(one.primitive())));
  }

  @TestFactory
  Stream<DynamicTest> twin() {
    return CASES.stream()
        .flatMap(
            one ->
                one.twins().stream()
                    .map(
                        twin ->
                            DynamicTest.dynamicTest(
                                twin.getSimpleName(), () -> mustFail(one, twin))));
  }

  private static void mustFail(Case one, Class<?> twin) {
    // Where there is one scenario alone it gets what the made up ones get together.
    int invocations = one.isMadeUp() ? TWIN_INVOCATIONS : TWIN_ITERATIONS * TWIN_INVOCATIONS;
    assertThatExceptionOfType(LincheckAssertionError.class)
        .isThrownBy(() -> options(one, twin, TWIN_ITERATIONS, invocations).check(twin));
  }

  /** The guarantees cover the engine's bookkeeping and nothing that is modelled. */
  private static ModelCheckingOptions options(
      Case one, Class<?> of, int iterations, int invocations) {
    ModelCheckingOptions options = new ModelCheckingOptions();
    if (one.threads().isEmpty()) {
      options.iterations(iterations);
    } else {
      options.iterations(one.isMadeUp() ? iterations - 1 : 0).addCustomScenario(one.scenario(of));
    }
    return options
        .invocationsPerIteration(invocations)
        .threads(2)
        .actorsPerThread(2)
        .actorsBefore(0)
        .actorsAfter(1)
        .minimizeFailedScenario(false)
        .loopIterationsBeforeThreadSwitch(1000)
        .loopBound(10_000)
        .recursionBound(1000)
        .sequentialSpecification(one.specification())
        .addGuarantee(
            ManagedStrategyGuaranteeKt.forClasses(
                    "dev.mmexit.kernel.threads.World", "dev.mmexit.kernel.threads.ThreadContext")
                .allMethods()
                .ignore());
  }
}
