package dev.mmexit.explorer.render;

import dev.mmexit.explorer.result.CheckResult;
import dev.mmexit.explorer.result.FieldChange;
import dev.mmexit.explorer.result.Finding;
import dev.mmexit.explorer.result.InterleavingStep;
import dev.mmexit.explorer.result.StepLine;
import dev.mmexit.explorer.result.ThreadReport;
import dev.mmexit.explorer.result.ThreadStatus;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/**
 * Interleavings as Mermaid sequence diagrams. One chosen finding is one diagram; else the document
 * is Markdown, with a heading and a fenced diagram for each finding.
 */
public final class MermaidRenderer implements Renderer {

  @Override
  public String name() {
    return "mermaid";
  }

  @Override
  public String summary() {
    return "Mermaid sequence diagrams, for reviews";
  }

  @Override
  public boolean drawsOneFinding() {
    return true;
  }

  @Override
  public void render(CheckResult result, RenderOptions options, Writer writer) throws IOException {
    List<NumberedFinding> findings =
        options.findings(result).stream()
            .filter(chosen -> !chosen.finding().steps().isEmpty())
            .toList();
    if (findings.isEmpty()) {
      throw new NothingToDraw("there is no finding with an interleaving to draw");
    }
    if (options.finding().isPresent() && findings.size() == 1) {
      writer.write(diagram(findings.get(0)));
      return;
    }
    for (NumberedFinding chosen : findings) {
      writer.write("## " + heading(chosen.title()) + "\n\n");
      writer.write(heading(chosen.finding().message()) + "\n\n");
      writer.write("```mermaid\n" + diagram(chosen) + "```\n\n");
      writer.write("Schedule: `" + chosen.finding().schedule() + "`\n\n");
    }
  }

  private static String diagram(NumberedFinding chosen) {
    return new Diagram(chosen.finding()).draw(chosen.title());
  }

  /** What Markdown would take for markup, escaped. */
  private static String heading(String text) {
    return text.replaceAll("\\s", " ").replaceAll("([\\\\`*_\\[\\]<>&#|~])", "\\\\$1");
  }

  private static final class Diagram {
    private final Finding finding;
    private final StringBuilder text = new StringBuilder("sequenceDiagram\n");
    private final int[] bars;
    private final String[] places;

    Diagram(Finding finding) {
      this.finding = finding;
      bars = new int[finding.threads().size()];
      places = new String[finding.threads().size()];
    }

    String draw(String title) {
      line("title " + escape(title));
      for (int i = 0; i < finding.threads().size(); i++) {
        if (takesPart(i)) {
          line("participant t" + i + " as " + escape(finding.threads().get(i).title()));
        }
      }
      for (int i = 0; i < finding.steps().size(); i++) {
        step(i + 1, finding.steps().get(i));
      }
      for (int i = 0; i < finding.threads().size(); i++) {
        end(i, finding.threads().get(i));
      }
      return text.toString();
    }

    private boolean takesPart(int thread) {
      return finding.threads().get(thread).status() == ThreadStatus.BLOCKED
          || finding.steps().stream().anyMatch(step -> step.thread() == thread);
    }

    private void step(int number, InterleavingStep step) {
      int thread = step.thread();
      List<String> lines = new ArrayList<>();
      for (StepLine line : step.lines()) {
        String place = line.depth() + " " + line.function();
        if (!place.equals(places[thread])) {
          lines.add(line.function() + "()");
          places[thread] = place;
        }
        if (!line.text().isBlank()) {
          lines.add("- " + line.text());
        }
      }
      lines.add(0, "step " + number);
      line("Note over t" + thread + ": " + escape(String.join("\n", lines)));
      wakeUps(step);
      hold(thread, step.held().size());
    }

    /** A wait that one thread had noted and another took away. */
    private void wakeUps(InterleavingStep step) {
      for (FieldChange change : step.changes()) {
        int woken = Threads.index(finding.threads(), change.from());
        if (woken >= 0 && woken != step.thread() && takesPart(woken)) {
          line("t" + step.thread() + "-)t" + woken + ": wakes " + escape(change.field()));
        }
      }
    }

    /** A bar for each lock held. */
    private void hold(int thread, int locks) {
      for (; bars[thread] < locks; bars[thread]++) {
        line("activate t" + thread);
      }
      for (; bars[thread] > locks; bars[thread]--) {
        line("deactivate t" + thread);
      }
    }

    private void end(int thread, ThreadReport report) {
      String waitsFor = report.waitsFor();
      if (waitsFor == null) {
        return;
      }
      int other = Threads.index(finding.threads(), report.endedBy());
      if (other >= 0 && other != thread && takesPart(other)) {
        line("t" + thread + "-xt" + other + ": waits for " + escape(waitsFor));
      } else {
        line("Note over t" + thread + ": BLOCKED on " + escape(waitsFor));
      }
    }

    private void line(String content) {
      text.append("    ").append(content).append('\n');
    }

    /** What Mermaid would take for syntax, or a browser for markup, as entities. */
    private static String escape(String content) {
      StringBuilder escaped = new StringBuilder();
      content
          .codePoints()
          .forEach(
              c -> {
                if (c == '\n') {
                  escaped.append("<br/>");
                } else if ("#;<>&\"%{}`\\$".indexOf(c) >= 0) {
                  escaped.append('#').append(c).append(';');
                } else {
                  escaped.appendCodePoint(Character.isISOControl(c) ? '?' : c);
                }
              });
      return escaped.toString();
    }
  }
}
