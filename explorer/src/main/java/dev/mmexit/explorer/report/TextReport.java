package dev.mmexit.explorer.report;

import dev.mmexit.explorer.MemoryModel;
import dev.mmexit.explorer.result.CheckResult;
import dev.mmexit.explorer.result.ConditionResult;
import dev.mmexit.explorer.result.FinalState;
import dev.mmexit.explorer.result.Finding;
import dev.mmexit.explorer.result.ScenarioResult;
import dev.mmexit.explorer.result.Shrunk;
import dev.mmexit.explorer.result.Summary;
import dev.mmexit.explorer.result.Verdict;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Results of {@code check} as text, in the manner of herd: a block for each scenario and a closing
 * line. No line is longer than the width, but for those that are to be copied.
 */
public final class TextReport {
  /** The width of reports. */
  public static final int WIDTH = 100;

  private static final int MAX_FINAL_STATES = 20;

  private final Style style;
  private final int width;
  private final @Nullable MemoryModel memory;

  /** A report of the usual width. */
  public TextReport(Style style) {
    this(style, WIDTH, null);
  }

  /**
   * A report.
   *
   * @param width in columns
   * @param memory what {@code --memory} said, for the commands that replay; null where nothing
   */
  public TextReport(Style style, int width, @Nullable MemoryModel memory) {
    this.style = style;
    this.width = width;
    this.memory = memory;
  }

  /** The whole report: every block, then the closing lines. */
  public String of(CheckResult result) {
    StringBuilder text = new StringBuilder();
    for (ScenarioResult scenario : result.results()) {
      text.append(block(scenario)).append('\n');
      result.shrunk(scenario).forEach(shrunk -> text.append(shrunk(shrunk)).append('\n'));
    }
    return text.append(closing(result)).toString();
  }

  /** The block of one scenario. */
  public String block(ScenarioResult result) {
    Page page = new Page(width);
    page.line(style.bold("Test " + TextWrap.printable(result.scenario() + " " + result.variant())));
    finalStates(result.finalStates(), page);
    exploration(result, page);
    int number = 1;
    for (Finding finding : result.findings()) {
      finding(result, finding, number++, page);
    }
    condition(result, page);
    return page.toString();
  }

  /**
   * The smaller scenario for a finding, with the command that replays it from a file. What becomes
   * of freed memory is said by the scenario.
   */
  public String shrunk(Shrunk shrunk) {
    Page page = new Page(width);
    page.line(
        style.bold("Smaller scenario for finding " + shrunk.finding() + ": ")
            + shrunk.found().kind().label()
            + ", in "
            + shrunk.scenario()
            + ".litmus"
            + (shrunk.minimal() ? "" : " (a bound was reached: it may not be the smallest)"));
    page.line("").lines(shrunk.text()).line("");
    FindingText.write(shrunk.found(), page, style);
    page.line(
        "replay:   "
            + ReplayCommand.of(
                shrunk.scenario() + ".litmus", shrunk.variant(), null, shrunk.found().schedule()));
    return page.toString();
  }

  /**
   * The lines that close a run: what needs attention, where there is more than one scenario, and
   * the counts.
   */
  public String closing(CheckResult result) {
    Page page = new Page(width);
    if (result.results().size() > 1) {
      for (ScenarioResult scenario : result.results()) {
        if (scenario.verdict() != Verdict.AS_EXPECTED) {
          page.wrapped("", "    ", scenario.file() + ": " + VerdictText.of(scenario));
        }
      }
    }
    return page.line(counts(result.summary())).toString();
  }

  private String counts(Summary summary) {
    String unexpected = summary.unexpected() + " not as expected";
    String incomplete = summary.incomplete() + " incomplete";
    String expected = summary.asExpected() + " as expected";
    boolean clean = summary.unexpected() == 0 && summary.incomplete() == 0;
    return String.format(
        Locale.ROOT,
        "%d %s: %s, %s, %s",
        summary.scenarios(),
        summary.scenarios() == 1 ? "scenario" : "scenarios",
        clean ? style.green(expected) : expected,
        summary.unexpected() > 0 ? style.red(unexpected) : unexpected,
        summary.incomplete() > 0 ? style.yellow(incomplete) : incomplete);
  }

  private static void finalStates(List<FinalState> states, Page page) {
    page.line("States " + states.size());
    for (FinalState state : states.subList(0, Math.min(states.size(), MAX_FINAL_STATES))) {
      page.wrapped("  ", "      ", FinalStateText.of(state));
    }
    if (states.size() > MAX_FINAL_STATES) {
      int more = states.size() - MAX_FINAL_STATES;
      page.line("  ... and " + more + " more (all of them with --format json)");
    }
  }

  private void exploration(ScenarioResult result, Page page) {
    String extent =
        result.bound() == null
            ? "Complete"
            : "Bounded (" + TextWrap.printable(result.bound()) + ")";
    String counts =
        String.format(
            Locale.ROOT,
            "States %d  Executions %d  Transitions %d  Time %.2f",
            result.states(),
            result.executions(),
            result.transitions(),
            result.seconds());
    String painted = result.complete() ? style.green(extent) : style.yellow(extent);
    if (extent.length() + 2 + counts.length() <= width) {
      page.line(painted + "  " + counts);
    } else {
      page.wrapped("", "  ", extent).line("  " + counts);
    }
  }

  private void finding(ScenarioResult result, Finding finding, int number, Page page) {
    boolean expected = result.expects(finding.kind());
    String kind = finding.kind().label() + (expected ? " (expected)" : " (NOT expected)");
    page.line("");
    page.line(
        style.bold("Finding " + number + ": ") + (expected ? style.yellow(kind) : style.red(kind)));
    FindingText.write(finding, page, style);
    if (!expected) {
      page.line("replay:   " + ReplayCommand.of(result, memory, finding.schedule()));
    }
  }

  private void condition(ScenarioResult result, Page page) {
    if (!result.findings().isEmpty()) {
      page.line("");
    }
    ConditionResult condition = result.condition();
    if (condition != null) {
      String soFar = result.complete() ? "" : " so far";
      String holds = (condition.holds() ? "holds" : "does not hold") + soFar;
      page.wrapped("", "    ", "Condition " + condition.text() + " " + holds);
    }
    verdict(result, page);
    if (condition != null) {
      page.line(
          String.format(
              Locale.ROOT,
              "Observation %s %s %d %d%s",
              TextWrap.printable(result.scenario()),
              condition.observation(),
              condition.positive(),
              condition.negative(),
              result.complete() ? "" : " (incomplete)"));
    }
  }

  private void verdict(ScenarioResult result, Page page) {
    for (String line : TextWrap.wrap("", "    ", VerdictText.of(result), width)) {
      page.line(
          switch (result.verdict()) {
            case AS_EXPECTED -> style.green(line);
            case UNEXPECTED -> style.red(line);
            case INCOMPLETE -> style.yellow(line);
          });
    }
    String next = VerdictText.next(result);
    if (!next.isEmpty()) {
      page.wrapped("next: ", "    ", next);
    }
  }
}
