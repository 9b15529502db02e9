package dev.mmexit.explorer.report;

import dev.mmexit.explorer.result.ReplayFinding;
import dev.mmexit.explorer.result.ReplayResult;

/** The result of {@code replay} as text: the interleaving in columns, then what happened. */
public final class ReplayText {
  private final Style style;
  private final int width;

  /** A report of the usual width. */
  public ReplayText(Style style) {
    this(style, TextReport.WIDTH);
  }

  /** A report of {@code width} columns. */
  public ReplayText(Style style, int width) {
    this.style = style;
    this.width = width;
  }

  /** The whole report. */
  public String of(ReplayResult result) {
    Page page = new Page(width);
    page.line(
        style.bold("Replay " + TextWrap.printable(result.scenario() + " " + result.variant())));
    page.line("schedule: " + result.schedule());
    if (!result.steps().isEmpty()) {
      page.line("");
      page.lines(InterleavingText.of(result.threads(), result.steps(), width, style));
    }
    return page.line("").lines(outcome(result)).toString();
  }

  /** What happened, without the interleaving. */
  public String outcome(ReplayResult result) {
    Page page = new Page(width);
    ThreadText.write(result.threads(), page);
    if (result.finalState() != null) {
      page.wrapped("Final state ", "    ", FinalStateText.of(result.finalState()));
    } else if (result.findings().isEmpty()) {
      page.line(style.yellow("The schedule ends before every thread has finished."));
    }
    for (ReplayFinding finding : result.findings()) {
      page.line(style.bold("Finding: ") + style.red(finding.kind().label()));
      page.wrapped("  ", "  ", finding.message());
    }
    if (result.findings().isEmpty()) {
      page.line("No finding.");
    }
    return page.toString();
  }
}
