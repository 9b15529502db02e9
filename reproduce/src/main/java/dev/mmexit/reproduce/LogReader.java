package dev.mmexit.reproduce;

import dev.mmexit.reproduce.match.Model;
import dev.mmexit.reproduce.match.Query;
import dev.mmexit.reproduce.read.Log;
import dev.mmexit.reproduce.read.RaceReport;
import dev.mmexit.reproduce.read.ReportKind;
import dev.mmexit.reproduce.read.ReportReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Finds in a log what is to be looked for, or says why there is nothing. */
public final class LogReader {
  private LogReader() {}

  /**
   * A log, and what it asks for.
   *
   * @param log the log
   * @param report the report that was chosen from it
   * @param query what is looked for
   */
  public record Reading(Log log, RaceReport report, Query query) {}

  /**
   * Reads a log.
   *
   * @param name what sentences call it
   * @param wanted the number of the report to take, from 1; 0 for the first that is about the model
   * @throws UnusableReport where there is none that could be looked for
   * @throws IOException where the log cannot be read
   */
  public static Reading read(InputStream in, String name, int wanted)
      throws IOException, UnusableReport {
    Model model = Model.get();
    Log log = new ReportReader(model::has, model::rank, wanted).read(in);
    RaceReport report = log.chosen();
    if (report == null) {
      throw new UnusableReport(whyNone(log, name, wanted));
    }
    String where = name + ":" + report.firstLine() + ": ";
    if (!report.hasFrames()) {
      throw new UnusableReport(
          where
              + "the report that begins here has no call trace: it is cut off in line "
              + report.lastLine());
    }
    if (model.rank(report) == 0) {
      throw new UnusableReport(
          where
              + "no function of the report that begins here and ends in line "
              + report.lastLine()
              + " is in the model"
              + (log.reports() == 1 ? "" : ", nor is any of " + others(log)));
    }
    return new Reading(log, report, Query.of(report, model));
  }

  private static String others(Log log) {
    return log.reports() == 2
        ? "the other report"
        : "the " + count(log.reports() - 1) + " other reports";
  }

  private static String whyNone(Log log, String name, int wanted) {
    if (log.compressed()) {
      return name + ":1: this is compressed; unpack it first";
    }
    if (log.reports() > 0) {
      return name
          + ": there is no report "
          + wanted
          + ": "
          + (log.reports() == 1 ? "there is one" : "there are " + count(log.reports()))
          + ", which begin"
          + (log.reports() == 1 ? "s" : "")
          + " in "
          + lines(log);
    }
    if (!log.unread().isEmpty()) {
      Log.Mention first = log.unread().get(0);
      return name
          + ":"
          + first.line()
          + ": no report of this kind is read: '"
          + shortened(first.text())
          + "'; the kinds are "
          + Arrays.stream(ReportKind.values())
              .map(ReportKind::label)
              .collect(Collectors.joining(", "));
    }
    if (log.binaryLine() > 0) {
      return name
          + ":"
          + log.binaryLine()
          + ": this is no text: there is a NUL byte in the line, and no report in the file";
    }
    return log.lines() == 0
        ? name + ": it is empty"
        : name + ": there is no report in lines 1 to " + log.lines();
  }

  private static String lines(Log log) {
    return (log.reports() == 1 ? "line " : "lines ")
        + log.others().stream()
            .map(mention -> String.valueOf(mention.line()))
            .collect(Collectors.joining(", "))
        + (log.reports() > log.others().size() ? " and so on" : "");
  }

  private static String shortened(String text) {
    String printable = text.replaceAll("\\p{Cntrl}", "?");
    return printable.length() > 80 ? printable.substring(0, 80) + "..." : printable;
  }

  private static String count(int number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
