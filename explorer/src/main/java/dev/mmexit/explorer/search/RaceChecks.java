package dev.mmexit.explorer.search;

import dev.mmexit.explorer.engine.Choice;
import dev.mmexit.explorer.engine.ControlledEngine;
import dev.mmexit.explorer.engine.Footprint;
import dev.mmexit.explorer.engine.WatchedAccess;
import dev.mmexit.kernel.Cell;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes sure of suspected data races. Two steps that are both next in one state and use a plain
 * field at once are a race only if neither of them, taken first, keeps the other from using the
 * field: an atomic access at the start of one may order the two.
 */
public final class RaceChecks {
  private final Instance instance;
  private final List<Suspect> suspects = new ArrayList<>();
  private long steps;

  /** Checks races of the world of {@code instance}. */
  public RaceChecks(Instance instance) {
    this.instance = instance;
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Suspect(byte[] path, Frame frame, int one, int other, long cell) {}

  long steps() {
    return steps;
  }

  void suspect(byte[] path, Frame frame, int one, int other, long cell) {
    suspects.add(new Suspect(path, frame, one, other, cell));
  }

  /** Hears of races that are made sure of. */
  interface Listener {
    /** The two choices of {@code frame} race. */
    void raceFound(Key key, Frame frame, int first, int second);
  }

  /**
   * A race that was made sure of.
   *
   * @param sentence what happens
   * @param before how many operations and accesses of its step the first context does before
   * @param otherBefore the same of the second
   */
  public record Race(Key key, String sentence, int before, int otherBefore) {}

  /** Executes what is suspected, both ways. */
  void check(Listener listener) {
    if (suspects.isEmpty()) {
      return;
    }
    for (Suspect suspect : suspects) {
      Frame frame = suspect.frame;
      Race race =
          both(
              suspect.path, frame.choices[suspect.one], frame.choices[suspect.other], suspect.cell);
      if (race != null) {
        listener.raceFound(race.key, frame, suspect.one, suspect.other);
      }
    }
    suspects.clear();
  }

  /** The race that the last two steps of an execution are, if they are next in one state. */
  public @Nullable Race lastTwo(byte[] path) {
    byte one = path[path.length - 2];
    byte other = path[path.length - 1];
    byte[] before = Arrays.copyOf(path, path.length - 2);
    Footprint first = footprint(before, one);
    Footprint second = footprint(before, other);
    long cell = first.conflict(second);
    return cell == 0 ? null : both(before, one, other, cell);
  }

  private @Nullable Race both(byte[] before, byte one, byte other, long watched) {
    Seen first = confirm(before, one, other, watched);
    Seen second = first == null ? null : confirm(before, other, one, watched);
    if (first == null || second == null) {
      return null;
    }
    for (WatchedAccess mine : first.accesses) {
      for (WatchedAccess theirs : second.accesses) {
        if (mine.conflictsWith(theirs)) {
          return race(first.cell, mine, theirs);
        }
      }
    }
    return null;
  }

  private static Race race(Cell cell, WatchedAccess one, WatchedAccess other) {
    return new Race(
        Places.race(cell, List.of(one.place(), other.place())),
        cell.describe()
            + " is used at once in "
            + one.place()
            + " and in "
            + other.place()
            + ", at least once to write it, with nothing that orders the two",
        one.offset(),
        other.offset());
  }

  /** What the step of {@code choice} after {@code before} does; empty where it cannot be taken. */
  private Footprint footprint(byte[] before, byte choice) {
    Footprint[] seen = {Footprint.EMPTY};
    int[] depth = new int[1];
    ControlledEngine engine = instance.engine();
    boolean bug =
        instance.execute(
                (world, last) -> {
                  int at = depth[0]++;
                  if (at > before.length) {
                    seen[0] = world.footprint();
                    return null;
                  }
                  return Choice.take(world, at < before.length ? before[at] : choice);
                })
            != null;
    return bug ? engine.footprint() : seen[0];
  }

  /** The accesses of one step to a cell. */
  private record Seen(Cell cell, List<WatchedAccess> accesses) {}

  /** What {@code first} does to the cell, if {@code then} still uses it right after that. */
  private @Nullable Seen confirm(byte[] before, byte first, byte then, long watched) {
    byte[] path = Arrays.copyOf(before, before.length + 2);
    path[path.length - 2] = first;
    path[path.length - 1] = then;
    ControlledEngine engine = instance.engine();
    int[] accesses = new int[1];
    instance.execute(
        (world, last) -> {
          int at = world.depth();
          engine.repeat(at < path.length - 2);
          if (at == path.length - 2) {
            engine.watch().begin(watched);
          } else if (at == path.length - 1) {
            accesses[0] = engine.watch().accesses().size();
          } else if (at >= path.length) {
            return null;
          }
          return Choice.take(world, path[at]);
        },
        path,
        path.length - 2);
    steps += Math.min(engine.depth(), path.length);
    Cell cell = engine.watch().cell();
    List<WatchedAccess> seen = List.copyOf(engine.watch().accesses());
    engine.watch().begin(0);
    return cell == null || accesses[0] == 0 || seen.size() <= accesses[0]
        ? null
        : new Seen(cell, seen.subList(0, accesses[0]));
  }
}
