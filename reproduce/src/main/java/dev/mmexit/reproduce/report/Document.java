package dev.mmexit.reproduce.report;

import dev.mmexit.explorer.MemoryModel;
import dev.mmexit.explorer.result.Finding;
import dev.mmexit.explorer.result.LockCycle;
import dev.mmexit.explorer.result.Tool;
import dev.mmexit.reproduce.LogReader;
import dev.mmexit.reproduce.match.Match;
import dev.mmexit.reproduce.match.Place;
import dev.mmexit.reproduce.match.Query;
import dev.mmexit.reproduce.read.Frame;
import dev.mmexit.reproduce.read.Log;
import dev.mmexit.reproduce.search.NearMiss;
import dev.mmexit.reproduce.search.Outcome;
import dev.mmexit.reproduce.search.Reproduction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the command says as JSON; {@code reproduce.schema.json} beside this class describes it.
 *
 * @param tool the program that made it
 * @param report the report
 * @param reproduced whether something shows it
 * @param scenario the text of the scenario that does; null where none does
 * @param name the scenario's name, likewise
 * @param file the file that it is in; null where it is in none
 * @param variant the variant that was searched
 * @param memory what {@code --memory} said; null where it said nothing
 * @param finding the finding, as in the document of {@code check}; null where there is none
 * @param cycle a cycle of the lock-order graph in place of a finding; null where there is none
 * @param schedule what {@code replay} takes; null where nothing shows it
 * @param quality how good the match is, in a word; null where nothing shows it
 * @param alsoOn the other variants that show it
 * @param notOn those that do not
 * @param searched what was searched
 * @param bound what ended the search; null where it was complete or something was found
 * @param nearMisses what comes near, where nothing shows it
 * @param notes what has been taken for what, and what else was learned
 */
public record Document(
    Tool tool,
    Report report,
    boolean reproduced,
    @Nullable String scenario,
    @Nullable String name,
    @Nullable String file,
    String variant,
    @Nullable String memory,
    @Nullable Finding finding,
    @Nullable LockCycle cycle,
    @Nullable String schedule,
    @Nullable String quality,
    List<String> alsoOn,
    List<String> notOn,
    String searched,
    @Nullable String bound,
    List<Near> nearMisses,
    List<String> notes) {
  public Document {
    alsoOn = List.copyOf(alsoOn);
    notOn = List.copyOf(notOn);
    nearMisses = List.copyOf(nearMisses);
    notes = List.copyOf(notes);
  }

  /**
   * A report.
   *
   * @param kind who reports
   * @param symptom what has happened
   * @param headline the line that it begins with
   * @param firstLine the number of that line
   * @param lastLine the number of its last line
   * @param number its number among the log's reports
   * @param reports how many the log has
   * @param skippedLines how many lines of the log belong to no report
   * @param missing what it lacks
   * @param threads who was where
   */
  public record Report(
      String kind,
      String symptom,
      String headline,
      int firstLine,
      int lastLine,
      int number,
      int reports,
      int skippedLines,
      List<String> missing,
      List<Stack> threads) {
    public Report {
      missing = List.copyOf(missing);
      threads = List.copyOf(threads);
    }
  }

  /**
   * One task of a report.
   *
   * @param task its name and number; empty where the report does not say
   * @param role what its stack stands for
   * @param frames its functions, innermost first; behind {@code ?} those that are not sure
   * @param matched those of them that were looked for
   * @param waitsFor the lock that it takes, as the model has it; null where it is not known
   * @param holds the locks that it holds, likewise
   * @param thread the thread of the finding that it is; null where it is none
   */
  public record Stack(
      String task,
      String role,
      List<String> frames,
      List<String> matched,
      @Nullable String waitsFor,
      List<String> holds,
      @Nullable String thread) {
    public Stack {
      frames = List.copyOf(frames);
      matched = List.copyOf(matched);
      holds = List.copyOf(holds);
    }
  }

  /**
   * A finding that comes near.
   *
   * @param scenario the scenario that shows it
   * @param kind its kind
   * @param place where it is
   * @param score from 0 to 100
   * @param differences why it is not what the report tells of
   * @param schedule the schedule that shows it
   */
  public record Near(
      String scenario,
      String kind,
      String place,
      int score,
      List<String> differences,
      String schedule) {
    public Near {
      differences = List.copyOf(differences);
    }
  }

  /** The document of a search. */
  public static Document of(
      Tool tool,
      LogReader.Reading reading,
      String variant,
      @Nullable MemoryModel memory,
      Outcome outcome) {
    Reproduction shown = outcome.reproduction();
    Match match = shown == null ? null : shown.match();
    List<String> notes = new ArrayList<>(reading.query().notes());
    if (match != null) {
      notes.addAll(match.notes());
    }
    notes.addAll(outcome.notes());
    return new Document(
        tool,
        report(reading, match),
        shown != null,
        shown == null ? null : shown.scenario().sourceText(),
        shown == null ? null : shown.scenario().name(),
        shown == null || shown.file().isEmpty() ? null : shown.file(),
        variant,
        memory == null ? null : memory.label(),
        match == null ? null : match.finding(),
        shown == null ? null : shown.cycle(),
        shown == null ? null : shown.schedule(),
        match == null ? null : match.quality().name().toLowerCase(Locale.ROOT),
        shown == null ? List.of() : shown.alsoOn(),
        shown == null ? List.of() : shown.notOn(),
        String.join("; ", outcome.searched()),
        outcome.bound(),
        outcome.nearMisses().stream().map(Document::near).toList(),
        notes);
  }

  private static Report report(LogReader.Reading reading, @Nullable Match match) {
    Log log = reading.log();
    List<Stack> threads = new ArrayList<>();
    Query query = reading.query();
    for (int i = 0; i < query.places().size(); i++) {
      threads.add(thread(query.places().get(i), match == null ? null : match.parties().get(i)));
    }
    return new Report(
        reading.report().symptom().kind().label(),
        reading.report().symptom().sentence(),
        reading.report().headline(),
        reading.report().firstLine(),
        reading.report().lastLine(),
        log.number(),
        log.reports(),
        log.skipped(),
        reading.report().missing(),
        threads);
  }

  private static Stack thread(Place place, @Nullable String party) {
    return new Stack(
        place.thread().task(),
        place.thread().role().label(),
        place.thread().frames().stream().map(Frame::toString).toList(),
        place.functions(),
        place.waitsFor(),
        place.holds(),
        party);
  }

  private static Near near(NearMiss miss) {
    return new Near(
        miss.scenario(),
        miss.match().finding().kind().label(),
        miss.match().finding().place(),
        miss.match().score(),
        miss.match().differences(),
        miss.match().finding().schedule());
  }
}
