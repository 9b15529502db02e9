package dev.mmexit.reproduce.match;

import dev.mmexit.explorer.result.Finding;
import dev.mmexit.explorer.result.ThreadReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the message of a finding says of functions and threads. */
final class Words {
  private static final Pattern BY = Pattern.compile("\\bin (\\w+)\\(\\) by ([\\w/]+)");
  private static final Pattern FREED = Pattern.compile("; freed in (?:(\\w+)\\(\\) by )?([\\w/]+)");
  private static final Pattern ALLOCATED =
      Pattern.compile("; allocated in (?:(\\w+)\\(\\) by )?([\\w/]+)");
  private static final Pattern STACKLESS =
      Pattern.compile("^([\\w/]+) (?:takes|releases) .* in (\\w+)$");

  private Words() {}

  /** Somebody who did something; the function is empty where it was outside of any. */
  record Deed(String function, String thread) {}

  /** Who did what the finding is about; of a race, both. */
  static List<Deed> deeds(Finding finding) {
    String message = finding.message();
    int history = message.indexOf("; freed in ");
    Matcher by = BY.matcher(history < 0 ? message : message.substring(0, history));
    List<Deed> deeds = new ArrayList<>();
    while (by.find()) {
      deeds.add(new Deed(by.group(1), by.group(2)));
    }
    Matcher stackless = STACKLESS.matcher(message);
    if (deeds.isEmpty() && stackless.find()) {
      deeds.add(new Deed(stackless.group(2), stackless.group(1)));
    }
    if (deeds.isEmpty() && !finding.steps().isEmpty()) {
      int last = finding.steps().get(finding.steps().size() - 1).thread();
      ThreadReport thread = finding.threads().get(last);
      deeds.add(new Deed(thread.stack().isEmpty() ? "" : thread.stack().get(0), thread.name()));
    }
    return deeds;
  }

  /** Who freed the object that it is about. */
  static Optional<Deed> freed(Finding finding) {
    return deed(FREED, finding);
  }

  /** Who allocated it. */
  static Optional<Deed> allocated(Finding finding) {
    return deed(ALLOCATED, finding);
  }

  private static Optional<Deed> deed(Pattern pattern, Finding finding) {
    Matcher matcher = pattern.matcher(finding.message());
    return matcher.find()
        ? Optional.of(new Deed(matcher.group(1) == null ? "" : matcher.group(1), matcher.group(2)))
        : Optional.empty();
  }
}
