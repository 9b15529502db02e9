package dev.mmexit.stress;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.infra.StateCase;
import org.openjdk.jcstress.infra.TestInfo;
import org.openjdk.jcstress.infra.runners.TestList;

/** The tests that race operations, and what they list. */
final class RaceTests {
  /** Matches their names, and no others. */
  static final String ALL = "^dev\\.mmexit\\.stress\\.races\\.";

  private RaceTests() {}

  static Stream<String> names() {
    return TestList.tests().stream()
        .filter(test -> test.startsWith("dev.mmexit.stress.races."))
        .sorted();
  }

  /** The scenario that a test races. */
  static String scenario(String test) {
    try {
      TestInfo info = TestList.getInfo(test);
      return Class.forName(info.binaryName())
          .asSubclass(Race.class)
          .getConstructor()
          .newInstance()
          .scenario();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(test, e);
    }
  }

  /** The outcomes that a test allows on {@code variant}. */
  static Set<String> allowed(String test, String variant) {
    return outcomes(
        test,
        outcome -> Grading.of(test, outcome.matchPattern(), variant).expect() != Expect.FORBIDDEN);
  }

  /** The known findings of the code as posted. */
  static Set<String> findings(String test) {
    return outcomes(test, outcome -> outcome.expect() == Expect.ACCEPTABLE_INTERESTING);
  }

  private static Set<String> outcomes(String test, Predicate<StateCase> wanted) {
    Set<String> outcomes = new TreeSet<>();
    for (StateCase listed : TestList.getInfo(test).cases()) {
      if (wanted.test(listed)) {
        outcomes.add(listed.matchPattern());
      }
    }
    return outcomes;
  }
}
