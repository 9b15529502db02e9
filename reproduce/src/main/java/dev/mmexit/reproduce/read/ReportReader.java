package dev.mmexit.reproduce.read;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads a log of any size from beginning to end, and keeps the one report that is asked for. What
 * it keeps besides does not grow with the log.
 */
public final class ReportReader {
  private static final int MOST_MENTIONS = 20;
  private static final int MOST_PRINTERS = 64;

  private final Predicate<String> modelled;
  private final ToIntFunction<RaceReport> rank;
  private final int wanted;

  private final Map<String, Assembler> printers = new LinkedHashMap<>();
  private final List<Log.Mention> others = new ArrayList<>();
  private final List<Log.Mention> unread = new ArrayList<>();
  private @Nullable RaceReport chosen;
  private int chosenRank = -1;
  private int number;
  private int reports;
  private int used;

  /**
   * A reader of one log.
   *
   * @param modelled whether the model has a function
   * @param rank how much a report is about the model: the first of the highest rank is chosen
   * @param wanted the number of the report to choose instead; 0 for none
   */
  public ReportReader(Predicate<String> modelled, ToIntFunction<RaceReport> rank, int wanted) {
    this.modelled = modelled;
    this.rank = rank;
    this.wanted = wanted;
  }

  /**
   * Reads a log to its end.
   *
   * @throws IOException where it cannot be read
   */
  public Log read(InputStream in) throws IOException {
    RawLines lines = new RawLines(in);
    Joiner joiner = new Joiner(this::accept);
    for (String line = lines.next(); line != null; line = lines.next()) {
      joiner.accept(Prefixes.strip(lines.number(), line));
    }
    joiner.flush();
    printers.values().forEach(Assembler::close);
    return new Log(
        lines.number(),
        lines.number() - used,
        reports,
        chosen,
        number,
        others,
        unread,
        lines.firstBinary(),
        lines.isCompressed());
  }

  private void accept(LogLine line) {
    Assembler printer = printer(line.caller());
    Headline headline = Headline.of(line.text()).orElse(null);
    boolean taken;
    if (headline == null) {
      taken = printer.accept(line);
    } else {
      taken = printer.accept(line, headline);
      if (headline.symptom() == null) {
        mention(unread, line.number(), line.text());
      }
    }
    used += taken ? line.last() - line.number() + 1 : 0;
  }

  private Assembler printer(String caller) {
    Assembler printer = printers.remove(caller);
    if (printer == null) {
      printer = new Assembler(this::report, modelled);
    }
    // The one that has been silent for longest is closed where there are many.
    printers.put(caller, printer);
    if (printers.size() > MOST_PRINTERS) {
      String silent = printers.keySet().iterator().next();
      Assembler closed = printers.remove(silent);
      if (closed != null) {
        closed.close();
      }
    }
    return printer;
  }

  private void report(RaceReport report) {
    reports++;
    int rankOfThis = rank.applyAsInt(report);
    boolean better = wanted == 0 ? rankOfThis > chosenRank : reports == wanted;
    if (better) {
      if (chosen != null) {
        mention(others, chosen.firstLine(), chosen.headline());
      }
      chosen = report;
      chosenRank = rankOfThis;
      number = reports;
    } else {
      mention(others, report.firstLine(), report.headline());
    }
  }

  private static void mention(List<Log.Mention> mentions, int line, String text) {
    if (mentions.size() < MOST_MENTIONS) {
      mentions.add(new Log.Mention(line, text.strip()));
    }
  }
}
