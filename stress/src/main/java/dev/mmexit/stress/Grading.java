package dev.mmexit.stress;

import java.util.List;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.infra.StateCase;
import org.openjdk.jcstress.infra.TestInfo;
import org.openjdk.jcstress.infra.runners.TestList;

/**
 * What outcomes are allowed. The annotations of a test say it for {@code v2}, whose known findings
 * are interesting. On any other variant, which is to have repaired them, a finding is forbidden.
 */
final class Grading {
  /** The variant that the annotations are about. */
  private static final String AS_POSTED = "v2";

  /** Where the tests are that race operations of the modelled code. */
  private static final String RACES = "dev.mmexit.stress.races.";

  private Grading() {}

  /** Has jcstress grade all tests for {@code variant} from now on. */
  static void install(String variant) {
    if (variant.equals(AS_POSTED)) {
      return;
    }
    for (String test : TestList.tests()) {
      if (test.startsWith(RACES)) {
        TestInfo info = TestList.getInfo(test);
        List<StateCase> cases = List.copyOf(info.cases());
        info.cases().clear();
        cases.forEach(known -> info.addCase(repaired(known)));
      }
    }
  }

  private static StateCase repaired(StateCase known) {
    return known.expect() == Expect.ACCEPTABLE_INTERESTING
        ? new StateCase(
            java.util.regex.Pattern.compile(known.matchPattern()),
            Expect.FORBIDDEN,
            "a finding of " + AS_POSTED + " that the variant does not repair: "
                + known.description())
        : known;
  }
}
