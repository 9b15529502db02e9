package dev.mmexit.lincheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.mmexit.variant.Variants;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Options;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whether the container's operations are linearizable: see {@link SequentialContainers}. */
class LinearizabilityTest {
  private static final Path TRACES = Path.of("target/lincheck/traces");

  @AfterEach
  void end() {
    Current.set(null);
  }

  /** Findings 1 and 2: neither an exit nor a detach that is stopped for ever has a result. */
  @Test
  void exitAgainstDetachIsNotOnTheCodeAsPosted() throws IOException {
    assertThat(exitAgainstDetach("v2"))
        .containsAnyOf("waits for mm_exit of bond", "can still reach them");
  }

  @Test
  void exitAgainstDetachIsOnTheRepairedCode() throws IOException {
    assertThat(exitAgainstDetach("fixed")).isEmpty();
  }

  /**
   * Finding 7: both get a PASID of their own for one process, and one after the other they do not.
   */
  @Test
  void twoBindsOfOneProcessAreNotOnTheCodeAsPosted() throws IOException {
    assertThat(twoBinds("v2")).contains("duplicate-pasid");
  }

  @Test
  void twoBindsOfOneProcessAreOnTheRepairedCode() throws IOException {
    assertThat(twoBinds("fixed")).isEmpty();
  }

  @Test
  void generatedSequencesAreOnTheRepairedCode() throws IOException {
    assertThat(
            violation(
                "fixed", "generated", generated(new ModelCheckingOptions(), Suite.iterations())))
        .isEmpty();
  }

  /** Real threads, on real cores: what they meet is up to them. */
  @Test
  void racedOperationsAreOnTheRepairedCode() {
    assertThat(raced("fixed", generated(new StressOptions(), Suite.iterations()))).isEmpty();
  }

  /** One race in a hundred or so ends in the deadlock of finding 1. */
  @Test
  void racedExitAgainstDetachIsNotOnTheCodeAsPosted() {
    assumeThat(Runtime.getRuntime().availableProcessors()).isGreaterThan(1);
    assertThat(
            raced(
                "v2",
                custom(
                    new StressOptions(),
                    List.of(op("bind", 0, 0)),
                    op("exit", 0),
                    op("detach", 0))))
        .containsAnyOf("waits for mm_exit of bond", "can still reach them");
  }

  private static String exitAgainstDetach(String variant) throws IOException {
    return violation(
        variant,
        "exit-detach",
        custom(
            new ModelCheckingOptions(), List.of(op("bind", 0, 0)), op("exit", 0), op("detach", 0)));
  }

  private static String twoBinds(String variant) throws IOException {
    return violation(
        variant,
        "bind-bind",
        custom(new ModelCheckingOptions(), List.of(), op("bind", 0, 0), op("bind", 1, 0)));
  }

  private static Actor op(String name, Object... arguments) {
    Method method =
        Arrays.stream(Containers.class.getMethods())
            .filter(candidate -> candidate.getName().equals(name))
            .findFirst()
            .orElseThrow();
    return new Actor(method, List.of(arguments));
  }

  /** Sequences that Lincheck makes up. */
  private static <O extends Options<O, ?>> O generated(O options, int iterations) {
    return options
        .iterations(iterations)
        .threads(2)
        .actorsPerThread(2)
        .actorsBefore(2)
        .actorsAfter(1);
  }

  private static <O extends Options<O, ?>> O custom(
      O options, List<Actor> before, Actor one, Actor other) {
    return options
        .iterations(0)
        .addCustomScenario(
            new ExecutionScenario(before, List.of(List.of(one), List.of(other)), List.of(), null));
  }

  /** Lincheck's report of a race of real threads; empty where it finds nothing. */
  private static String raced(String variant, StressOptions options) {
    LinearContainers.useRealThreads(Variants.find(variant).orElseThrow());
    try {
      options
          .invocationsPerIteration(Suite.races())
          .minimizeFailedScenario(false)
          .sequentialSpecification(SequentialContainers.class)
          .check(Containers.class);
      return "";
    } catch (LincheckAssertionError violation) {
      return String.valueOf(violation.getMessage());
    }
  }

  /** Lincheck's report; empty where it finds nothing. */
  private static String violation(String variant, String name, ModelCheckingOptions options)
      throws IOException {
    LinearContainers.use(Variants.find(variant).orElseThrow());
    try {
      LincheckRun.guarantees(options)
          .invocationsPerIteration(Suite.invocations())
          .minimizeFailedScenario(false)
          .sequentialSpecification(SequentialContainers.class)
          .check(Containers.class);
      return "";
    } catch (LincheckAssertionError violation) {
      String report = String.valueOf(violation.getMessage());
      Files.createDirectories(TRACES);
      Files.writeString(TRACES.resolve("linearizability-" + name + "-" + variant + ".txt"), report);
      return report;
    }
  }
}
