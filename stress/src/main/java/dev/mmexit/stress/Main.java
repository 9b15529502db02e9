package dev.mmexit.stress;

import java.util.List;
import org.openjdk.jcstress.JCStress;
import org.openjdk.jcstress.Options;

/**
 * Runs tests: what {@code org.openjdk.jcstress.Main} does, with the same options, graded for the
 * variant that the system property {@value Race#VARIANT} names. Says in the end what failed, what
 * it means, and how to see it again.
 */
public final class Main {
  /** The system property that leaves out biased locking, where there is any. */
  static final String ONE_LOCKING = "mmexit.stress.oneLocking";

  private Main() {}

  /** Ends with 1 where an outcome was seen that is not allowed, or a test did not run. */
  public static void main(String[] args) throws Exception {
    Options options = Boolean.getBoolean(ONE_LOCKING) ? new OneLocking(args) : new Options(args);
    if (!options.parse()) {
      System.exit(2);
    }
    String variant = Race.variant().name();
    Grading.install(variant);
    JCStress jcstress = new JCStress(options);
    if (options.shouldList()) {
      jcstress.getTests().forEach(System.out::println);
      return;
    }
    try {
      if (options.shouldParse()) {
        jcstress.parseResults();
      } else {
        jcstress.run();
      }
    } catch (AssertionError failures) {
      // Its message is a list of outcomes; what is printed below says more.
    }
    List<String> failures = Failures.in(StoredResults.read(options.getResultFile()), variant);
    failures.forEach(System.out::println);
    if (!failures.isEmpty()) {
      System.exit(1);
    }
  }
}
