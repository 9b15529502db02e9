package dev.mmexit.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mmexit.stress.Jcstress.Run;
import java.io.IOException;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.infra.TestInfo;
import org.openjdk.jcstress.infra.runners.TestList;

/**
 * The idioms and the primitives keep their promises, and each broken twin shows what it is broken
 * for: else the tests have gone blind.
 */
class OrderingIT {
  private static final String ALL = "^dev\\.mmexit\\.stress\\.ordering\\.";

  private static final int TIME = Integer.getInteger("stress.ordering.time");

  /** How often a twin is given another chance to show itself, each a longer one. */
  private static final int CHANCES = 4;

  private static final Jcstress JCSTRESS = new Jcstress("ordering", "v2", List.of(), quickly(TIME));

  private static Run run;

  /** The optimizing compiler alone: what x86 does not reorder, it does. */
  private static List<String> quickly(int time) {
    return List.of(
        "-sc",
        "false",
        "-f",
        "1",
        "-fsm",
        "1",
        "-iters",
        "1",
        "-time",
        Integer.toString(time),
        "-strideCount",
        "20",
        "--jvmArgs",
        "-XX:-TieredCompilation");
  }

  @BeforeAll
  static void runAll() throws IOException, InterruptedException {
    assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "one processor shows no race");
    run = JCSTRESS.run(ALL);
  }

  private static Stream<String> tests() {
    return TestList.tests().stream().filter(Pattern.compile(ALL).asPredicate()).sorted();
  }

  @TestFactory
  Stream<DynamicTest> noOutcomeIsForbidden() {
    List<String> failures = JCSTRESS.failures(run);
    return tests()
        .map(
            test ->
                DynamicTest.dynamicTest(
                    test,
                    () -> {
                      assertThat(run.of(test)).as("results").isNotEmpty();
                      assertThat(failures).noneMatch(failure -> failure.contains(test + " on "));
                    }));
  }

  @TestFactory
  Stream<DynamicTest> twinIsSeenToBeBroken() {
    return tests()
        .filter(test -> test.contains(".Twin"))
        .map(test -> DynamicTest.dynamicTest(test, () -> seen(test)));
  }

  private static void seen(String test) throws IOException, InterruptedException {
    long bad = bad(run, test);
    for (int chance = 1; bad == 0 && chance <= CHANCES; chance++) {
      Jcstress again = new Jcstress("again", "v2", List.of(), quickly(10 * TIME * chance));
      bad = bad(again.run("^" + test.replace(".", "\\.") + "$"), test);
    }
    assertThat(bad)
        .as("how often %s was seen to be broken: %s", test, new TreeSet<>(badOutcomes(test)))
        .isPositive();
  }

  private static long bad(Run in, String test) {
    return badOutcomes(test).stream().mapToLong(outcome -> in.count(test, outcome)).sum();
  }

  private static List<String> badOutcomes(String test) {
    TestInfo info = TestList.getInfo(test);
    return info.cases().stream()
        .filter(known -> known.expect() == Expect.ACCEPTABLE_INTERESTING)
        .map(known -> known.matchPattern())
        .toList();
  }
}
