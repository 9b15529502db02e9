package dev.mmexit.stress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.variant.Variant;
import dev.mmexit.variant.Variants;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What the tests list is what the explorer says can happen: no outcome is left out, and on the code
 * as posted none is allowed that cannot be.
 */
class ListedOutcomesTest {
  private static Variant variant(String name) {
    return Variants.find(name).orElseThrow();
  }

  @TestFactory
  Stream<DynamicTest> allowedOnTheCodeAsPosted() {
    return RaceTests.names()
        .map(
            test ->
                DynamicTest.dynamicTest(
                    test,
                    () ->
                        assertThat(withoutNames(RaceTests.allowed(test, "v2")))
                            .isEqualTo(
                                ExplorerOutcomes.of(RaceTests.scenario(test), variant("v2")))));
  }

  @TestFactory
  Stream<DynamicTest> allowedWhereItIsRepaired() {
    return RaceTests.names()
        .map(
            test ->
                DynamicTest.dynamicTest(
                    test,
                    () ->
                        assertThat(RaceTests.allowed(test, "fixed"))
                            .containsAll(
                                ExplorerOutcomes.of(RaceTests.scenario(test), variant("fixed")))));
  }

  private static Set<String> withoutNames(Set<String> outcomes) {
    return outcomes.stream()
        .map(ExplorerOutcomes::withoutNames)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
