package dev.mmexit.explorer.report;

import dev.mmexit.explorer.MemoryModel;
import dev.mmexit.explorer.result.Finding;
import org.jspecify.annotations.Nullable;

/** Parts of reports that are not those of {@code check}. */
public final class FindingBlock {
  private FindingBlock() {}

  /** A finding: its sentence, every thread as it stood, the interleaving and its schedule. */
  public static String of(Finding finding, Style style) {
    Page page = new Page(TextReport.WIDTH);
    page.wrapped("  ", "  ", finding.message());
    ThreadText.write(finding.threads(), page);
    if (!finding.steps().isEmpty()) {
      page.line("");
      page.lines(InterleavingText.of(finding.threads(), finding.steps(), TextReport.WIDTH, style));
      page.line("");
    }
    return page.line("schedule: " + finding.schedule()).toString();
  }

  /** A paragraph of the usual width, with its first line after {@code first}. */
  public static String paragraph(String first, String other, String text) {
    return new Page(TextReport.WIDTH).wrapped(first, other, text).toString();
  }

  /** The command that replays a schedule of a file's scenario. */
  public static String replay(
      String file, String variant, @Nullable MemoryModel memory, String schedule) {
    return ReplayCommand.of(file, variant, memory, schedule);
  }
}
