package dev.mmexit.explorer.report;

import dev.mmexit.explorer.result.Finding;

/** A finding as text: its sentence, each thread as it stood, the interleaving, its schedule. */
final class FindingText {
  private FindingText() {}

  static void write(Finding finding, Page page, Style style) {
    page.wrapped("  ", "  ", finding.message());
    ThreadText.write(finding.threads(), page);
    if (!finding.steps().isEmpty()) {
      page.line("");
      page.lines(InterleavingText.of(finding.threads(), finding.steps(), page.width(), style));
      page.line("");
    }
    page.line("schedule: " + finding.schedule());
  }
}
