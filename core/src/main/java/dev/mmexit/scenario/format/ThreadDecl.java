package dev.mmexit.scenario.format;

import java.util.List;

/** One column of the thread table: a thread, and what it does from top to bottom. */
public record ThreadDecl(String name, List<Step> steps, Position position) {
  public ThreadDecl {
    steps = List.copyOf(steps);
  }
}
