package dev.mmexit.explorer.engine;

import dev.mmexit.kernel.Cell;
import dev.mmexit.kernel.Place;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who accesses one cell. */
public final class Watch {
  private long watched;
  private @Nullable Cell cell;
  private final List<WatchedAccess> accesses = new ArrayList<>();

  Watch() {}

  /**
   * Notes who accesses a cell from now on.
   *
   * @param newWatched as {@link Footprint#conflict} gives it; 0 for none
   */
  public void begin(long newWatched) {
    watched = newWatched;
    cell = null;
    accesses.clear();
  }

  /** The cell that is watched, once it was accessed. */
  public @Nullable Cell cell() {
    return cell;
  }

  /** The accesses to it, in order. */
  public List<WatchedAccess> accesses() {
    return Collections.unmodifiableList(accesses);
  }

  /** Notes an access, if it is to the cell that is watched. */
  void access(ControlledContext context, Cell accessed, boolean write, boolean marked) {
    if (Footprint.cellOf(accessed.key()) == watched) {
      Place place = new Place(context.name(), context.function());
      accesses.add(new WatchedAccess(place, context.places() - 1, write, marked));
      cell = accessed;
    }
  }
}
