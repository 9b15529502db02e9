package dev.mmexit.reproduce.read;

import java.util.List;

/**
 * One report of a race.
 *
 * @param symptom what has happened
 * @param headline the line that it begins with
 * @param firstLine the number of that line in the log
 * @param lastLine the number of the last line that belongs to it
 * @param threads who was where
 * @param missing what such a report has and this one lacks, in words: it was cut off, or edited
 */
public record RaceReport(
    Symptom symptom,
    String headline,
    int firstLine,
    int lastLine,
    List<ReportedThread> threads,
    List<String> missing) {
  public RaceReport {
    threads = List.copyOf(threads);
    missing = List.copyOf(missing);
  }

  /** Whether it has any call trace. */
  public boolean hasFrames() {
    return threads.stream().anyMatch(thread -> !thread.frames().isEmpty());
  }
}
