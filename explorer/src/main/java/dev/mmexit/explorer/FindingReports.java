package dev.mmexit.explorer;

import dev.mmexit.explorer.engine.Granularity;
import dev.mmexit.explorer.engine.Sharing;
import dev.mmexit.explorer.replay.Expansion;
import dev.mmexit.explorer.replay.Misfit;
import dev.mmexit.explorer.replay.Replay;
import dev.mmexit.explorer.replay.Replayer;
import dev.mmexit.explorer.replay.ScheduleText;
import dev.mmexit.explorer.result.Finding;
import dev.mmexit.explorer.search.Instance;
import dev.mmexit.explorer.search.Key;
import dev.mmexit.explorer.search.Schedule;
import dev.mmexit.kernel.FindingKind;
import dev.mmexit.scenario.Host;
import dev.mmexit.scenario.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Tells what an exploration found: replays the shortest schedule of each finding. */
final class FindingReports implements AutoCloseable {
  private final Instance coarse;
  private final Instance fine;
  private final boolean reduction;
  private final String hash;

  /**
   * Reports of the findings of one exploration.
   *
   * @param sharing what the exploration knew
   * @param hash what stands for the scenario and the variant in schedules
   */
  FindingReports(Function<Host, World> worlds, Sharing sharing, boolean reduction, String hash) {
    this.coarse =
        new Instance(
            worlds, reduction ? Granularity.REDUCED : Granularity.EVERY_OPERATION, sharing);
    this.fine = new Instance(worlds, Granularity.EVERY_ACCESS, new Sharing());
    this.reduction = reduction;
    this.hash = hash;
  }

  List<Finding> of(Map<Key, Schedule> found) {
    List<Finding> findings = new ArrayList<>();
    for (Map.Entry<Key, Schedule> entry : found.entrySet()) {
      findings.add(report(entry.getKey(), entry.getValue()));
    }
    return findings;
  }

  private Finding report(Key key, Schedule schedule) {
    // With switches where they mean something; or else where the search had them.
    Finding tidy = reduction ? replay(key, schedule, true) : null;
    Finding finding = tidy == null ? replay(key, schedule, false) : tidy;
    if (finding == null) {
      throw new IllegalStateException("the schedule of " + key + " does not show it");
    }
    return finding;
  }

  private @Nullable Finding replay(Key key, Schedule schedule, boolean putsOff) {
    try {
      List<String> names =
          new Expansion(coarse, putsOff)
              .expand(schedule.labels(), key.kind() == FindingKind.DATA_RACE);
      Replay replay = new Replayer(fine).replay(names);
      Replay.Found found = Replayer.find(replay, key);
      return found == null
          ? null
          : new Finding(
              key.kind(),
              found.message(),
              key.place(),
              replay.threads(),
              new ScheduleText(hash, names).text(),
              replay.steps());
    } catch (Misfit misfit) {
      return null;
    }
  }

  @Override
  public void close() {
    coarse.close();
    fine.close();
  }
}
