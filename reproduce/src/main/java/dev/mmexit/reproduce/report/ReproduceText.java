package dev.mmexit.reproduce.report;

import dev.mmexit.explorer.MemoryModel;
import dev.mmexit.explorer.report.FindingBlock;
import dev.mmexit.explorer.report.Style;
import dev.mmexit.reproduce.read.Log;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a search came to, as text. */
public final class ReproduceText {
  private static final int MOST_OTHERS = 5;

  private final Style style;

  /** Text in that style. */
  public ReproduceText(Style style) {
    this.style = style;
  }

  /**
   * The whole text.
   *
   * @param log where the report is in
   * @param document what is told
   * @param memory what {@code --memory} said; null where it said nothing
   */
  public String of(Log log, Document document, @Nullable MemoryModel memory) {
    StringBuilder text = new StringBuilder();
    report(log, document.report(), text);
    for (String note : document.notes()) {
      text.append(FindingBlock.paragraph("  - ", "    ", note));
    }
    text.append('\n');
    if (document.reproduced()) {
      reproduced(document, memory, text);
    } else {
      notReproduced(document, text);
    }
    text.append(FindingBlock.paragraph("Searched: ", "    ", document.searched()));
    return text.toString();
  }

  private void report(Log log, Document.Report report, StringBuilder text) {
    String number =
        report.reports() == 1 ? "Report" : "Report " + report.number() + " of " + report.reports();
    text.append(style.bold(number + ", lines " + report.firstLine() + " to " + report.lastLine()))
        .append(": ")
        .append(report.kind())
        .append(", ")
        .append(report.symptom())
        .append('\n');
    text.append(FindingBlock.paragraph("  ", "      ", report.headline()));
    for (Document.Stack thread : report.threads()) {
      text.append(FindingBlock.paragraph("  ", "      ", thread(thread)));
    }
    List<String> others = new ArrayList<>();
    for (Log.Mention other : log.others()) {
      if (others.size() < MOST_OTHERS) {
        others.add("line " + other.line());
      }
    }
    if (!others.isEmpty()) {
      String more = log.reports() - 1 > others.size() ? " and more" : "";
      text.append(
          FindingBlock.paragraph(
              "  ",
              "      ",
              "Other reports begin in "
                  + String.join(", ", others)
                  + more
                  + "; --report N takes another one."));
    }
    text.append("  ")
        .append(
            report.skippedLines() == 1 ? "1 line belongs" : report.skippedLines() + " lines belong")
        .append(" to no report.\n");
  }

  private static String thread(Document.Stack thread) {
    StringBuilder text = new StringBuilder();
    text.append(thread.task().isEmpty() ? "a task" : thread.task());
    text.append(" (").append(thread.role()).append(")");
    if (thread.thread() != null) {
      text.append(", here ").append(thread.thread());
    }
    text.append(": ");
    text.append(
        thread.matched().isEmpty()
            ? "nothing that is in the model"
            : "in " + String.join(" <- ", thread.matched()));
    if (thread.waitsFor() != null) {
      text.append("; takes ").append(thread.waitsFor());
    }
    if (!thread.holds().isEmpty()) {
      text.append("; holds ").append(String.join(", ", thread.holds()));
    }
    return text.toString();
  }

  private void reproduced(Document document, @Nullable MemoryModel memory, StringBuilder text) {
    String name = document.name() + " on " + document.variant();
    text.append(style.green("Reproduced")).append(" by ").append(name).append(":\n\n");
    text.append(document.scenario());
    if (!text.toString().endsWith("\n")) {
      text.append('\n');
    }
    text.append('\n');
    if (document.finding() != null) {
      text.append(style.bold("Finding: "))
          .append(style.red(document.finding().kind().label()))
          .append('\n');
      text.append(FindingBlock.of(document.finding(), style));
    }
    if (document.cycle() != null) {
      String classes = String.join(" -> ", document.cycle().classes());
      text.append(
          FindingBlock.paragraph(
              "",
              "    ",
              "The order of locks has this cycle: "
                  + classes
                  + " -> "
                  + document.cycle().classes().get(0)
                  + ". No execution that was explored blocks in it. The schedule shows its last"
                  + " link; mmexit lockdep shows all of them."));
      text.append("schedule: ").append(document.cycle().schedule()).append('\n');
    }
    replay(document, memory, text);
    if (!document.alsoOn().isEmpty() || !document.notOn().isEmpty()) {
      text.append(
          FindingBlock.paragraph(
              "",
              "    ",
              "On other variants, this scenario shows it on "
                  + list(document.alsoOn())
                  + ", and not on "
                  + list(document.notOn())
                  + "."));
    }
  }

  private static void replay(Document document, @Nullable MemoryModel memory, StringBuilder text) {
    String file = document.file() == null ? document.name() + ".litmus" : document.file();
    String schedule = document.schedule();
    if (schedule != null) {
      text.append("replay:   ")
          .append(FindingBlock.replay(file, document.variant(), memory, schedule))
          .append('\n');
    }
    if (document.file() == null) {
      text.append("          where ").append(file).append(" holds the scenario above\n");
    }
  }

  private void notReproduced(Document document, StringBuilder text) {
    String verdict =
        document.bound() == null
            ? "Not reachable in what was searched."
            : "Not reached: the search ended at a bound (" + document.bound() + ").";
    text.append(style.yellow(verdict)).append('\n');
    if (!document.nearMisses().isEmpty()) {
      text.append("\nNearest, of 100 points:\n");
      for (Document.Near near : document.nearMisses()) {
        text.append(
            FindingBlock.paragraph(
                String.format(java.util.Locale.ROOT, "  %3d  ", near.score()),
                "       ",
                near.kind() + " in " + near.scenario() + ": " + near.place()));
        for (String difference : near.differences()) {
          text.append(FindingBlock.paragraph("       but ", "           ", difference));
        }
        text.append("       schedule: ").append(near.schedule()).append('\n');
      }
      text.append('\n');
    }
  }

  private static String list(List<String> names) {
    return names.isEmpty() ? "none" : String.join(", ", names);
  }
}
