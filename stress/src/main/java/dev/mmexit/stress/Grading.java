package dev.mmexit.stress;

import java.util.List;
import java.util.regex.Pattern;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.infra.StateCase;
import org.openjdk.jcstress.infra.TestInfo;
import org.openjdk.jcstress.infra.runners.TestList;

/**
 * What outcomes are allowed. The annotations of a test say it for {@code v2}, whose known findings
 * are interesting. On any other variant, which is to have repaired them, a finding is forbidden,
 * and what is listed as forbidden is what comes in its place.
 */
final class Grading {
  /** The variant that the annotations are about. */
  private static final String AS_POSTED = "v2";

  /** Where the tests are that race operations of the modelled code. */
  static final String RACES = "dev.mmexit.stress.races.";

  private static final StateCase NOT_LISTED =
      new StateCase(
          Pattern.compile(".*"),
          Expect.FORBIDDEN,
          "nobody has listed this outcome: a bug, or one that is to be explained and listed");

  private Grading() {}

  /** Has jcstress grade all tests for {@code variant} from now on. */
  static void install(String variant) {
    if (variant.equals(AS_POSTED)) {
      return;
    }
    for (String test : TestList.tests()) {
      TestInfo info = TestList.getInfo(test);
      List<StateCase> cases = List.copyOf(info.cases());
      info.cases().clear();
      cases.forEach(listed -> info.addCase(graded(test, listed, variant)));
    }
  }

  /** What an outcome means on {@code variant}, and whether it is allowed. */
  static StateCase of(String test, String outcome, String variant) {
    // As jcstress does: what is listed literally counts before what matches.
    for (StateCase listed : TestList.getInfo(test).cases()) {
      if (listed.matchesExactly(outcome)) {
        return graded(test, listed, variant);
      }
    }
    for (StateCase listed : TestList.getInfo(test).cases()) {
      if (listed.matches(outcome)) {
        return graded(test, listed, variant);
      }
    }
    return NOT_LISTED;
  }

  private static StateCase graded(String test, StateCase listed, String variant) {
    if (variant.equals(AS_POSTED) || !test.startsWith(RACES)) {
      return listed;
    }
    return switch (listed.expect()) {
      case ACCEPTABLE_INTERESTING ->
          graded(
              listed, Expect.FORBIDDEN, variant + " does not repair it. " + listed.description());
      case FORBIDDEN -> graded(listed, Expect.ACCEPTABLE, listed.description());
      default -> listed;
    };
  }

  private static StateCase graded(StateCase listed, Expect expect, String description) {
    return new StateCase(Pattern.compile(listed.matchPattern()), expect, description);
  }
}
