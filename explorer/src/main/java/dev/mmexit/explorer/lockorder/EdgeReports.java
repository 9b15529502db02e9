package dev.mmexit.explorer.lockorder;

import dev.mmexit.explorer.engine.ControlledContext;
import dev.mmexit.explorer.engine.Granularity;
import dev.mmexit.explorer.engine.LockClass;
import dev.mmexit.explorer.engine.LockListener;
import dev.mmexit.explorer.engine.LockTable;
import dev.mmexit.explorer.engine.Sharing;
import dev.mmexit.explorer.replay.Expansion;
import dev.mmexit.explorer.replay.Misfit;
import dev.mmexit.explorer.replay.Replayer;
import dev.mmexit.explorer.replay.ScheduleText;
import dev.mmexit.explorer.result.LockEdge;
import dev.mmexit.explorer.search.Instance;
import dev.mmexit.explorer.search.Schedule;
import dev.mmexit.kernel.Cell;
import dev.mmexit.scenario.Host;
import dev.mmexit.scenario.World;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Tells how the edges of one scenario are made: replays the schedule of each, with the stacks. */
public final class EdgeReports implements LockGraphBuilder.Witness, AutoCloseable {
  private final Function<Host, World> worlds;
  private final Sharing sharing;
  private final boolean reduction;
  private final String scenario;
  private final String hash;
  private @Nullable Instance coarse;
  private @Nullable Instance fine;

  /**
   * Reports of edges that one exploration has met.
   *
   * @param sharing what the exploration knew
   * @param hash what stands for the scenario and the variant in schedules
   */
  public EdgeReports(
      Function<Host, World> worlds,
      Sharing sharing,
      boolean reduction,
      String scenario,
      String hash) {
    this.worlds = worlds;
    this.sharing = sharing;
    this.reduction = reduction;
    this.scenario = scenario;
    this.hash = hash;
  }

  @Override
  public LockEdge show(Dependency edge, Schedule schedule) {
    // With switches where they mean something; or else where the search had them.
    LockEdge tidy = reduction ? replay(edge, schedule, true) : null;
    LockEdge shown = tidy == null ? replay(edge, schedule, false) : tidy;
    if (shown == null) {
      throw new IllegalStateException("the schedule of " + edge + " does not show it");
    }
    return shown;
  }

  private @Nullable LockEdge replay(Dependency edge, Schedule schedule, boolean putsOff) {
    Watch watch = new Watch(edge);
    List<String> names;
    try {
      names = new Expansion(coarse(), putsOff).expand(schedule.labels(), false);
      fine().engine().learnLocks(new LockTable(), watch);
      new Replayer(fine()).replay(names);
    } catch (Misfit misfit) {
      return null;
    }
    return watch.thread.isEmpty()
        ? null
        : new LockEdge(
            edge.from().name(),
            edge.to().name(),
            edge.kind(),
            scenario,
            new ScheduleText(hash, names).text(),
            watch.thread,
            watch.fromStack,
            watch.toStack);
  }

  private Instance coarse() {
    if (coarse == null) {
      coarse =
          new Instance(
              worlds, reduction ? Granularity.REDUCED : Granularity.EVERY_OPERATION, sharing);
    }
    return coarse;
  }

  private Instance fine() {
    if (fine == null) {
      fine = new Instance(worlds, Granularity.EVERY_ACCESS, new Sharing());
    }
    return fine;
  }

  @Override
  public void close() {
    if (coarse != null) {
      coarse.close();
    }
    if (fine != null) {
      fine.close();
    }
  }

  /** Waits for somebody to make an edge. */
  private static final class Watch implements LockListener {
    private final Dependency edge;
    private final Map<ControlledContext, List<Held>> held = new HashMap<>();
    private String thread = "";
    private List<String> fromStack = List.of();
    private List<String> toStack = List.of();

    Watch(Dependency edge) {
      this.edge = edge;
    }

    /** Something that is held, and where it was taken. */
    private record Held(LockClass lockClass, Cell cell, List<String> stack) {}

    @Override
    public void comes(ControlledContext context, LockClass lockClass, Cell cell) {
      if (!thread.isEmpty() || !lockClass.equals(edge.to())) {
        return;
      }
      for (Held one : held.getOrDefault(context, List.of())) {
        if (one.lockClass.equals(edge.from())) {
          thread = context.name();
          fromStack = one.stack;
          toStack = stack(context);
        }
      }
    }

    @Override
    public void begins(ControlledContext context, LockClass lockClass, Cell cell) {
      held.computeIfAbsent(context, unknown -> new ArrayList<>())
          .add(new Held(lockClass, cell, stack(context)));
    }

    @Override
    public void ends(ControlledContext context, Cell cell) {
      List<Held> mine = held.getOrDefault(context, List.of());
      for (int i = mine.size() - 1; i >= 0; i--) {
        if (mine.get(i).cell == cell) {
          mine.remove(i);
          return;
        }
      }
    }

    private static List<String> stack(ControlledContext context) {
      List<String> stack = new ArrayList<>(context.frames());
      Collections.reverse(stack);
      return stack;
    }
  }
}
