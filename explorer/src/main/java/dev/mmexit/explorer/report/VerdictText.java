package dev.mmexit.explorer.report;

import dev.mmexit.explorer.result.ScenarioResult;
import dev.mmexit.explorer.result.Verdict;
import java.util.ArrayList;
import java.util.List;

/** A scenario's verdict in a sentence, and what to do about it. */
public final class VerdictText {
  private VerdictText() {}

  /** The verdict; it names exactly the kinds that were not expected or are missing. */
  public static String of(ScenarioResult result) {
    return switch (result.verdict()) {
      case AS_EXPECTED -> "As expected: " + expectation(result);
      case UNEXPECTED -> unexpected(result);
      case INCOMPLETE -> incomplete(result);
    };
  }

  /** What to do next; empty where there is nothing to do, or a finding says it. */
  static String next(ScenarioResult result) {
    List<String> missing = result.missingKinds();
    if (result.verdict() == Verdict.INCOMPLETE) {
      return "raise or drop the bound to get a verdict";
    }
    if (result.verdict() == Verdict.AS_EXPECTED || !result.complete() || missing.isEmpty()) {
      return "";
    }
    String found =
        result.findings().isEmpty()
            ? "clean"
            : String.join(
                ", ", result.findings().stream().map(f -> f.kind().label()).distinct().toList());
    return "if the model is right, let the scenario say: expect " + result.variant() + ": " + found;
  }

  private static String expectation(ScenarioResult result) {
    if (result.expected() == null) {
      return "no finding (nothing is expected of " + result.variant() + ")";
    }
    return result.expected().isEmpty() ? "clean" : String.join(", ", result.expected());
  }

  private static String unexpected(ScenarioResult result) {
    List<String> parts = new ArrayList<>();
    if (!result.unexpectedKinds().isEmpty()) {
      parts.add("unexpected " + String.join(", ", result.unexpectedKinds()));
    }
    if (result.complete() && !result.missingKinds().isEmpty()) {
      parts.add("missing " + String.join(", ", result.missingKinds()));
    }
    if (!result.complete()) {
      parts.add("incomplete (" + result.bound() + ")");
    }
    return "NOT AS EXPECTED: " + String.join("; ", parts);
  }

  private static String incomplete(ScenarioResult result) {
    String missing =
        result.missingKinds().isEmpty()
            ? ""
            : "; expected, but not found yet: " + String.join(", ", result.missingKinds());
    return "INCOMPLETE (" + result.bound() + "): nothing wrong up to there" + missing;
  }
}
