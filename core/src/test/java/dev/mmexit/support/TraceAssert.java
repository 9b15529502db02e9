package dev.mmexit.support;

import dev.mmexit.support.Trace.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.util.diff.DiffUtils;

/** Compares a trace with the one that the reference gives. */
public final class TraceAssert extends AbstractAssert<TraceAssert, Trace> {
  private static final String INSIDE = " ...";

  TraceAssert(Trace trace) {
    super(trace, TraceAssert.class);
  }

  /**
   * Every line is as in {@code expected}, and there are no others. Where a function's line ends in
   * {@code ...}, what happens in it is left to another test.
   */
  public TraceAssert follows(String expected) {
    List<String> wanted = expected.lines().filter(line -> !line.isBlank()).toList();
    List<String> found = found(wanted);
    if (!found.equals(wanted)) {
      List<String> diff =
          DiffUtils.generateUnifiedDiff(
              "reference", "model", wanted, DiffUtils.diff(wanted, found), wanted.size());
      throw failure("%nThe model does not do what the reference says:%n%s", lines(diff));
    }
    return this;
  }

  /** The recorded call returned that value. */
  public TraceAssert returned(Object expected) {
    if (!Objects.equals(actual.result(), expected)) {
      throw failure("%nreturned %s and not %s after%n%s", actual.result(), expected, actual);
    }
    return this;
  }

  private static String lines(List<String> lines) {
    return String.join("\n", lines);
  }

  /** The trace without what {@code wanted} leaves out. */
  private List<String> found(List<String> wanted) {
    List<String> found = new ArrayList<>();
    boolean same = true;
    int hiddenBelow = Integer.MAX_VALUE;
    for (Line line : actual.lines()) {
      if (line.depth() > hiddenBelow) {
        continue;
      }
      hiddenBelow = Integer.MAX_VALUE;
      String text = line.toString();
      String next = same && found.size() < wanted.size() ? wanted.get(found.size()) : "";
      // Behind a difference, whatever is left out anywhere at this depth.
      if (next.equals(text + INSIDE) || (!same && wanted.contains(text + INSIDE))) {
        text += INSIDE;
        hiddenBelow = line.depth();
      }
      same = same && next.equals(text);
      found.add(text);
    }
    return found;
  }
}
