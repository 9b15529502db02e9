package dev.mmexit.generate;

import dev.mmexit.scenario.format.Scenario;
import java.util.Iterator;
import java.util.Locale;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Makes every scenario up to a size, each equivalence class once: scenarios are equivalent that
 * differ by the names of objects or by the order of threads. A scenario has no registers, no final
 * condition and no expectation.
 */
public final class Generator {
  private Generator() {}

  /**
   * The scenarios, always in the same order: fewer operations first, then smaller set-ups. They are
   * made one at a time. Names say the size and the place in that order, as {@code g-2x1-000123}.
   */
  public static Stream<Scenario> scenarios(Size size, Plausibility plausibility) {
    Iterator<Draft> drafts = new Drafts(size, plausibility);
    Iterator<Scenario> scenarios =
        new Iterator<>() {
          private long number;

          @Override
          public boolean hasNext() {
            return drafts.hasNext();
          }

          @Override
          public Scenario next() {
            number++;
            return drafts.next().named(name(size, number), description(size, plausibility));
          }
        };
    int order = Spliterator.ORDERED | Spliterator.DISTINCT | Spliterator.NONNULL;
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(scenarios, order), false);
  }

  /** How many scenarios there are. */
  public static long count(Size size, Plausibility plausibility) {
    Drafts drafts = new Drafts(size, plausibility);
    long count = 0;
    while (drafts.hasNext()) {
      drafts.next();
      count++;
    }
    return count;
  }

  private static String name(Size size, long number) {
    return String.format(Locale.ROOT, "g-%s-%06d", size.shape(), number);
  }

  private static String description(Size size, Plausibility plausibility) {
    return "generated: " + size + (plausibility == Plausibility.ANY ? " --any" : "");
  }
}
