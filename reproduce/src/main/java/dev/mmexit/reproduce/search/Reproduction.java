package dev.mmexit.reproduce.search;

import dev.mmexit.explorer.result.LockCycle;
import dev.mmexit.explorer.result.ScenarioResult;
import dev.mmexit.reproduce.match.Match;
import dev.mmexit.scenario.format.Scenario;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A scenario that shows what a report tells of.
 *
 * @param scenario the scenario
 * @param file the file that it is in; empty where it is in none
 * @param result what exploring it gave; null where a cycle of locks is what it shows
 * @param match the finding; null likewise
 * @param cycle a cycle of the lock-order graph in which nothing blocks; null where a finding is
 *     what it shows
 * @param alsoOn the other variants on which it shows the same
 * @param notOn those on which it does not
 */
public record Reproduction(
    Scenario scenario,
    String file,
    @Nullable ScenarioResult result,
    @Nullable Match match,
    @Nullable LockCycle cycle,
    List<String> alsoOn,
    List<String> notOn) {
  public Reproduction {
    alsoOn = List.copyOf(alsoOn);
    notOn = List.copyOf(notOn);
  }

  /** The schedule that shows it. */
  public String schedule() {
    if (match != null) {
      return match.finding().schedule();
    }
    return cycle == null ? "" : cycle.schedule();
  }

  /** The same, with what other variants show. */
  Reproduction on(List<String> also, List<String> not) {
    return new Reproduction(scenario, file, result, match, cycle, also, not);
  }
}
