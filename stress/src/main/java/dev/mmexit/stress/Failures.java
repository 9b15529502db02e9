package dev.mmexit.stress;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.openjdk.jcstress.infra.StateCase;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.grading.TestGrading;

/** Says what failed: test, outcome, what it means, and how to see it again. */
public final class Failures {
  /** With which actors of few and slow samples meet. */
  private static final String SHORT_STRIDES =
      " -strideSize 10 -strideCount 10 -af NONE -spinStyle THREAD_YIELD";

  private Failures() {}

  /** A text for each test and outcome that is not allowed, and for each test that did not run. */
  public static List<String> in(Collection<TestResult> results, String variant) {
    List<String> failures = new ArrayList<>();
    results.stream()
        .sorted(Comparator.comparing(TestResult::getName))
        .forEach(result -> add(result, variant, failures));
    return failures;
  }

  private static void add(TestResult result, String variant, List<String> failures) {
    if (result.status() != Status.NORMAL) {
      failures.add(
          failed(
              result,
              variant,
              "no outcome, but " + result.status(),
              "the test did not run to its end: " + String.join("\n    ", result.getMessages())));
      return;
    }
    for (String outcome : new TreeSet<>(result.getStateKeys())) {
      StateCase grade = Grading.of(result.getName(), outcome, variant);
      long count = result.getCount(outcome);
      if (!TestGrading.passed(grade.expect(), count)) {
        failures.add(
            failed(
                result,
                variant,
                outcome + " (" + count + " of " + result.getTotalCount() + " samples)",
                grade.description()));
      }
    }
  }

  private static String failed(TestResult result, String variant, String outcome, String meaning) {
    return "FAILED "
        + result.getName()
        + " on "
        + variant
        + "\n  outcome: "
        + outcome
        + "\n  meaning: "
        + meaning
        + "\n  repeat:  "
        + command(result, variant);
  }

  private static String command(TestResult result, String variant) {
    String test = result.getName();
    return "java -D"
        + Race.VARIANT
        + "="
        + variant
        + " -jar stress/target/jcstress.jar -t '^"
        + test.replace(".", "\\.")
        + "$' -sc false"
        + (result.getConfig().jvmArgs.isEmpty()
            ? ""
            : " --jvmArgs '" + String.join(" ", result.getConfig().jvmArgs) + "'")
        + (test.startsWith(Grading.RACES) ? SHORT_STRIDES : "");
  }
}
