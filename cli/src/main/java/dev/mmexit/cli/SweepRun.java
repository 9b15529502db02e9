package dev.mmexit.cli;

import dev.mmexit.explorer.ExplorationOptions;
import dev.mmexit.explorer.report.JsonReport;
import dev.mmexit.explorer.report.Style;
import dev.mmexit.explorer.report.SweepText;
import dev.mmexit.explorer.report.TextReport;
import dev.mmexit.explorer.result.SweepResult;
import dev.mmexit.generate.Plausibility;
import dev.mmexit.generate.Size;
import dev.mmexit.generate.Sweep;
import java.util.Locale;
import java.util.OptionalLong;

/** Explores every generated scenario of a size, and prints what was found. */
final class SweepRun {
  /** How many executions a scenario may have where nothing is said of it. */
  private static final long EXECUTIONS = 100_000;

  private final Session session;
  private final ExploreOptions explore;
  private final OutputOptions output;

  SweepRun(Session session, ExploreOptions explore, OutputOptions output) {
    this.session = session;
    this.explore = explore;
    this.output = output;
  }

  /** Runs it; the exit status. */
  int run(Size size, Plausibility plausibility) {
    boolean showProgress = session.environment().errIsTerminal() && !output.quiet();
    ProgressPrinter progress =
        new ProgressPrinter(session.err(), showProgress, session.environment().nanoTime(), 0);
    Sweep sweep =
        new Sweep(
            session.checker(),
            bounded(explore.options(explore.variant())),
            explore.memory(),
            (scenarios, findings, scenario) ->
                progress.say(
                    () ->
                        String.format(
                            Locale.ROOT,
                            "%,d scenarios, %d distinct findings: %s",
                            scenarios,
                            findings,
                            scenario)));
    SweepResult result;
    try {
      result = sweep.run(size, plausibility, Version.tool());
    } finally {
      progress.clear();
    }
    SweepText text = new SweepText(output.style(session.environment()), TextReport.WIDTH);
    output.write(
        session.out(),
        writer -> {
          if (output.json()) {
            JsonReport.write(result, writer);
          } else {
            writer.write(text.of(result, output.quiet()));
          }
        });
    if (output.toFile() && !output.quiet()) {
      session.out().print(new SweepText(Style.PLAIN, TextReport.WIDTH).closing(result));
    }
    if (!result.findings().isEmpty()) {
      return ExitStatus.UNEXPECTED;
    }
    return result.complete() ? ExitStatus.OK : ExitStatus.INCOMPLETE;
  }

  /** A single scenario of a sweep may not take it all. */
  private static ExplorationOptions bounded(ExplorationOptions options) {
    boolean bounded = options.maxTime().isPresent() || options.maxExecutions().isPresent();
    return new ExplorationOptions(
        options.variant(),
        options.maxTime(),
        bounded ? options.maxExecutions() : OptionalLong.of(EXECUTIONS),
        options.preemptions(),
        options.workers(),
        options.reduction());
  }
}
