package dev.mmexit.lincheck;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.stream.Stream;
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

  private record Case(Class<?> primitive, Class<?> specification, List<Class<?>> twins) {}

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
              List.of(Primitives.ReadsToWrite.class)),
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
              List.of(Primitives.UnlockedList.class)));

  @TestFactory
  Stream<DynamicTest> primitive() {
    return CASES.stream()
        .map(
            one ->
                DynamicTest.dynamicTest(
                    one.primitive().getSimpleName(),
                    () ->
                        options(one, Suite.iterations(), Suite.invocations())
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
    assertThatExceptionOfType(LincheckAssertionError.class)
        .isThrownBy(() -> options(one, TWIN_ITERATIONS, TWIN_INVOCATIONS).check(twin));
  }

  /** The guarantees cover the engine's bookkeeping and nothing that is modelled. */
  private static ModelCheckingOptions options(Case one, int iterations, int invocations) {
    return new ModelCheckingOptions()
        .iterations(iterations)
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
