package dev.mmexit.reproduce.read;

import java.util.ArrayList;
import java.util.List;

/** The chain of a circular dependency, as who took what while he held what. */
final class Chain {
  private Chain() {}

  /**
   * The links of a chain, in the order of the report: the highest number first. Each was taken
   * under the one of the next lower number, which follows it, and the last one under the first.
   */
  static List<ReportedThread> of(List<ThreadBuilder> links) {
    List<ReportedThread> told = new ArrayList<>(links.stream().map(ThreadBuilder::build).toList());
    if (told.size() < 2) {
      return told;
    }
    for (int i = 0; i < told.size(); i++) {
      ReportedThread link = told.get(i);
      String under = told.get((i + 1) % told.size()).waitsFor();
      if (under != null) {
        told.set(
            i,
            new ReportedThread(
                link.task(), link.role(), link.frames(), link.waitsFor(), List.of(under)));
      }
    }
    return told;
  }
}
