package dev.mmexit.stress;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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
      Race race = (Race) Class.forName(info.binaryName()).getConstructor().newInstance();
      return race.scenario();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(test, e);
    }
  }

  /** The outcomes that a test lists and that are not forbidden. */
  static Set<String> listed(String test) {
    return outcomes(test, List.of(Expect.ACCEPTABLE, Expect.ACCEPTABLE_INTERESTING));
  }

  /** Those of them that are known findings of the code as posted. */
  static Set<String> findings(String test) {
    return outcomes(test, List.of(Expect.ACCEPTABLE_INTERESTING));
  }

  private static Set<String> outcomes(String test, List<Expect> expected) {
    Set<String> outcomes = new TreeSet<>();
    for (StateCase known : TestList.getInfo(test).cases()) {
      if (expected.contains(known.expect())) {
        outcomes.add(known.matchPattern());
      }
    }
    return outcomes;
  }
}
